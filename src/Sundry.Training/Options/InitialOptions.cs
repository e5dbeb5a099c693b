using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sundry.Data;

namespace Sundry.Training;

/// <summary>The first embeddings of users and items: rows of LightGCN on the graph of the training rows, in place of random ones.</summary>
public sealed record InitialOptions : IConfigChecked
{
    /// <summary>The feature whose categories are one side of the graph.</summary>
    [Required]
    [Description("The categorical feature that names the user")]
    public string Users { get; init; } = "";

    /// <summary>The feature whose categories are the other side.</summary>
    [Required]
    [Description("The categorical feature that names the item")]
    public string Items { get; init; } = "";

    /// <summary>The tasks of which a label above 0 joins the row's user and item.</summary>
    /// <value>Default: none, the binary and count tasks that are learned.</value>
    [Description("The tasks of which a label above 0 joins a row's user and item; none: the binary and count tasks that are learned, or every row where there are none")]
    public IReadOnlyList<string> Of { get; init; } = [];

    /// <summary>Layers of propagation.</summary>
    /// <value>Default: 3.</value>
    [Range(1, 10)]
    [Description("Layers of propagation")]
    public int Layers { get; init; } = 3;

    /// <summary>Passes over the pairs; 0 spreads random rows over the graph and learns nothing.</summary>
    /// <value>Default: 20.</value>
    [Range(0, 100_000)]
    [Description("Passes over the pairs; 0: random rows are spread over the graph, and nothing is learned")]
    public int Epochs { get; init; } = 20;

    /// <summary>Triples a step.</summary>
    /// <value>Default: 1024.</value>
    [Range(1, 1 << 20)]
    [Description("Triples of user, item and negative a step; each step propagates over the whole graph")]
    public int Batch { get; init; } = 1024;

    /// <summary>Adam's step.</summary>
    /// <value>Default: 0.005.</value>
    [Range(1e-9, 10)]
    [Description("Adam's step")]
    public double LearningRate { get; init; } = 0.005;

    /// <summary>The weight of the squared rows of a batch.</summary>
    /// <value>Default: 1e-4.</value>
    [Range(0, 10)]
    [Description("The weight of the squared rows of a batch")]
    public double Regularization { get; init; } = 1e-4;

    /// <summary>The root mean square that all rows are scaled to by one factor.</summary>
    /// <value>Default: 0.1.</value>
    [Range(1e-9, 100)]
    [Description("The root mean square that all rows are scaled to by one factor")]
    public double Deviation { get; init; } = 0.1;

    /// <inheritdoc/>
    public IEnumerable<(string Property, string Message)> Check()
    {
        if (Users.Length > 0 && Users == Items) yield return (nameof(Items), $"'users' and 'items' are both '{Users}'; name two features");
    }
}
