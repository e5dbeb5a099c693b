using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sundry.Data;

/// <summary>One feature: a column and how its values become numbers. In short form its kind alone, <c>price: numeric</c>.</summary>
[ConfigShorthand(nameof(Kind))]
public sealed partial class FeatureOptions : IConfigChecked
{
    /// <summary>What the column's values are.</summary>
    /// <value>Default: auto, decided by looking at the training rows.</value>
    [Description("What the column's values are; auto decides by looking at the training rows")]
    public FeatureKind Kind { get; init; } = FeatureKind.Auto;

    /// <summary>Categories seen in fewer training rows than this share the row of the unknown.</summary>
    /// <value>Default: 2 rows.</value>
    [Range(1, int.MaxValue)]
    [Description("Categories seen in fewer training rows than this share the row of the unknown (categorical, multi_categorical); of a text's words: they are left out")]
    public int MinCount { get; init; } = 2;

    /// <summary>Number of rows that categories are hashed into, for sets too large for a vocabulary.</summary>
    /// <value>Default: none, a vocabulary is kept.</value>
    [ConfigNull("none")]
    [Range(2, 1 << 28)]
    [Description("Number of rows that categories are hashed into instead of keeping a vocabulary (categorical, multi_categorical, text)")]
    public int? Hash { get; init; }

    /// <summary>How a number becomes an input.</summary>
    /// <value>Default: both.</value>
    [Description("How a number becomes an input: its standardised value, the embedding of its quantile bucket, or both (numeric)")]
    public NumericEncoding Encoding { get; init; } = NumericEncoding.Both;

    /// <summary>Whether a number is replaced by sign(x)·log(1 + |x|) before it is standardised.</summary>
    /// <value>Default: auto, where the training rows have a heavy tail.</value>
    [ConfigNull("auto")]
    [Description("Whether sign(x)·log(1 + |x|) replaces a number before it is standardised; auto: where its tail is heavy (numeric)")]
    public bool? Log { get; init; }

    /// <summary>Number of quantile buckets; fewer where the column has fewer distinct values.</summary>
    /// <value>Default: 32.</value>
    [Range(2, 65536)]
    [Description("Number of quantile buckets (numeric)")]
    public int Buckets { get; init; } = 32;

    /// <summary>The text between the values of a bag.</summary>
    /// <value>Default: |.</value>
    [Description("The text between the values of one field (multi_categorical, vector)")]
    public string Separator { get; init; } = "|";

    /// <summary>How the embeddings of a bag's values become one.</summary>
    /// <value>Default: mean.</value>
    [Description("How the embeddings of one field's values become one (multi_categorical, text)")]
    public Pooling Pooling { get; init; } = Pooling.Mean;

    /// <summary>Width of this feature's embeddings.</summary>
    /// <value>Default: auto, the model's.</value>
    [ConfigNull("auto")]
    [Range(1, 4096)]
    [Description("Width of this feature's embeddings; auto: the model's")]
    public int? Embedding { get; init; }

    /// <inheritdoc/>
    public IEnumerable<(string Property, string Message)> Check()
    {
        if (Separator.Length == 0) yield return (nameof(Separator), "the separator is empty; write the text between two values, such as \"|\"");
        foreach (var wrong in CheckText().Concat(CheckVector())) yield return wrong;
    }
}
