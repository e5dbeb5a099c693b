using System.ComponentModel;

namespace Sundry.Training;

/// <summary>The settings of all recommenders, each under its name.</summary>
public sealed record RecommenderOptions
{
    /// <summary>Popular items.</summary>
    [Description("Popular items, within a window of time or by category")]
    public PopularOptions Popular { get; init; } = new();

    /// <summary>Item neighbours.</summary>
    [Description("Neighbours of the user's items")]
    public NeighbourOptions ItemKnn { get; init; } = new();

    /// <summary>User neighbours.</summary>
    [Description("What the user's neighbours had to do with")]
    public NeighbourOptions UserKnn { get; init; } = new();

    /// <summary>Closed-form item weights.</summary>
    [Description("Item-item weights in closed form")]
    public EaseOptions Ease { get; init; } = new();

    /// <summary>Alternating least squares.</summary>
    [Description("Implicit matrix factorisation by alternating least squares")]
    public AlsOptions Als { get; init; } = new();

    /// <summary>Bayesian personalised ranking.</summary>
    [Description("Matrix factorisation by Bayesian personalised ranking")]
    public BprOptions Bpr { get; init; } = new();

    /// <summary>Logistic matrix factorisation.</summary>
    [Description("Matrix factorisation with biases under the logistic loss")]
    public LogisticFactorOptions Mf { get; init; } = new();

    /// <summary>Matrix factorisation with further tasks.</summary>
    [Description("Matrix factorisation whose factors also predict values, interests and friends")]
    public TaskFactorOptions TaskMf { get; init; } = new();

    /// <summary>LightGCN.</summary>
    [Description("Factors spread over the graph of interactions")]
    public LightGcnOptions LightGcn { get; init; } = new();

    /// <summary>Two towers.</summary>
    [Description("A user tower and an item tower under sampled softmax, a head for each type of event")]
    public TwoTowerOptions TwoTower { get; init; } = new();

    /// <summary>Likeness of the items' words.</summary>
    [Description("Likeness of the items' words and attributes")]
    public ContentOptions Content { get; init; } = new();

    /// <summary>Factorisation machine.</summary>
    [Description("Factorisation machine over users, items and their attributes")]
    public AttributeModelOptions Fm { get; init; } = new();

    /// <summary>Logistic regression.</summary>
    [Description("Logistic regression over crossed attributes of users and items")]
    public AttributeModelOptions Logistic { get; init; } = new();
}
