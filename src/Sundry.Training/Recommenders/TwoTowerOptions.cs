using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sundry.Training;

/// <summary>How <see cref="TwoTowerRecommender"/> is built and learned.</summary>
public sealed record TwoTowerOptions
{
    /// <summary>Floats of a tower's output, and of its embeddings.</summary>
    /// <value>Default: 64.</value>
    [Range(1, 1024)]
    [Description("Factors of each user and item")]
    public int Factors { get; init; } = 64;

    /// <summary>Units of each tower's hidden layer; 0: none, embeddings are added up.</summary>
    /// <value>Default: 0.</value>
    [Range(0, 4096)]
    [Description("Units of each tower's hidden layer; 0: none, embeddings are added up")]
    public int Hidden { get; init; }

    /// <summary>Passes over the events.</summary>
    /// <value>Default: 5.</value>
    [Range(1, 100_000)]
    [Description("Passes over the interactions")]
    public int Epochs { get; init; } = 5;

    /// <summary>Events a step; their items are what each of them competes with.</summary>
    /// <value>Default: 256.</value>
    [Range(2, 1 << 16)]
    [Description("Interactions a step; their items are what each of them competes with")]
    public int Batch { get; init; } = 256;

    /// <summary>Adagrad's step.</summary>
    /// <value>Default: 0.15.</value>
    [Range(1e-9, 10)]
    [Description("Adagrad's step")]
    public double LearningRate { get; init; } = 0.15;

    /// <summary>The weight of the squared embeddings that a step touches.</summary>
    /// <value>Default: 0.1.</value>
    [Range(0, 10)]
    [Description("The weight of the squared embeddings that a step touches")]
    public double Regularization { get; init; } = 0.1;

    /// <summary>An event counts (events of all types / events of its own)^balance: 0 all alike, 1 all types alike.</summary>
    /// <value>Default: 0.5.</value>
    [Range(0, 1)]
    [Description("An interaction of one of several types counts (interactions of all types / those of its own)^balance")]
    public double Balance { get; init; } = 0.5;

    /// <summary>The type of event that lists are for; empty: the one with the fewest interactions.</summary>
    /// <value>Default: empty.</value>
    [Description("The type of event that lists are for; empty: the one with the fewest interactions")]
    public string Target { get; init; } = "";

    /// <summary>Whether the user tower sees the items that the user had to do with, the one that is predicted left out.</summary>
    /// <value>Default: true.</value>
    [Description("Whether the user tower sees the user's other items")]
    public bool History { get; init; } = true;

    /// <summary>The nearest items of each of the user's items that speak beside the towers; 0: the towers alone.</summary>
    /// <value>Default: 0.</value>
    [Range(0, 100_000)]
    [Description("The nearest items of each of the user's items that speak beside the towers, for as much as each type of event learns; 0: the towers alone")]
    public int Neighbours { get; init; }

    /// <summary>Whether the user tower sees the user's friends, where any are known.</summary>
    /// <value>Default: true.</value>
    [Description("Whether the user tower sees the user's friends, where any are known")]
    public bool Friends { get; init; } = true;

    /// <summary>Whether the towers see the attributes of users and items, where any are known.</summary>
    /// <value>Default: true.</value>
    [Description("Whether the towers see the attributes of users and items, where any are known")]
    public bool Attributes { get; init; } = true;
}
