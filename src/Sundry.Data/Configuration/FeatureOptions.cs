using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sundry.Data;

/// <summary>One feature: a column and how its values become numbers. In short form its kind alone, <c>price: numeric</c>.</summary>
[ConfigShorthand(nameof(Kind))]
public sealed class FeatureOptions : IConfigChecked
{
    /// <summary>What the column's values are.</summary>
    /// <value>Default: auto, decided by looking at the training rows.</value>
    [Description("What the column's values are; auto decides by looking at the training rows")]
    public FeatureKind Kind { get; init; } = FeatureKind.Auto;

    /// <summary>Categories seen in fewer training rows than this share the row of the unknown.</summary>
    /// <value>Default: 2 rows.</value>
    [Range(1, int.MaxValue)]
    [Description("Categories seen in fewer training rows than this share the row of the unknown (categorical, multi_categorical, sequence, cross)")]
    public int MinCount { get; init; } = 2;

    /// <summary>Number of rows that categories are hashed into, for sets too large for a vocabulary.</summary>
    /// <value>Default: none, a vocabulary is kept.</value>
    [ConfigNull("none")]
    [Range(2, 1 << 28)]
    [Description("Number of rows that categories are hashed into instead of keeping a vocabulary (categorical, multi_categorical, sequence, cross)")]
    public int? Hash { get; init; }

    /// <summary>How a number becomes an input.</summary>
    /// <value>Default: both.</value>
    [Description("How a number becomes an input: its standardised value, the embedding of its quantile bucket, or both; or piecewise, how far it has come through each interval between quantiles (numeric)")]
    public NumericEncoding Encoding { get; init; } = NumericEncoding.Both;

    /// <summary>Whether a number is replaced by sign(x)·log(1 + |x|) before it is standardised.</summary>
    /// <value>Default: auto, where the training rows have a heavy tail.</value>
    [ConfigNull("auto")]
    [Description("Whether sign(x)·log(1 + |x|) replaces a number before it is standardised; auto: where its tail is heavy (numeric)")]
    public bool? Log { get; init; }

    /// <summary>Number of quantile buckets; fewer where the column has fewer distinct values.</summary>
    /// <value>Default: 32.</value>
    [Range(2, 65536)]
    [Description("Number of quantile buckets or intervals (numeric)")]
    public int Buckets { get; init; } = 32;

    /// <summary>The text between the values of a bag.</summary>
    /// <value>Default: |.</value>
    [Description("The text between the values of one field (multi_categorical, sequence)")]
    public string Separator { get; init; } = "|";

    /// <summary>How the embeddings of a bag's values become one.</summary>
    /// <value>Default: mean.</value>
    [Description("How the embeddings of one field's values become one (multi_categorical, and sequence where model.sequences names no encoder for it)")]
    public Pooling Pooling { get; init; } = Pooling.Mean;

    /// <summary>The most values of a sequence that count: the newest.</summary>
    /// <value>Default: 50.</value>
    [Range(1, 10_000)]
    [Description("The most values of a sequence that count; of more the newest are kept (sequence)")]
    public int Length { get; init; } = 50;

    /// <summary>The sequence that this one goes along with, value by value.</summary>
    /// <value>Default: none.</value>
    [Description("The sequence that this one goes along with value by value, such as the categories or times of a history's items; what reads that one reads both (sequence)")]
    public string? Along { get; init; }

    /// <summary>The table whose rows it shares: a feature's name, or any name that several features give.</summary>
    /// <value>Default: none, rows of its own.</value>
    [Description("The feature whose vocabulary and embeddings it shares, such as 'item' for a history of items; or any name that several features give (categorical, multi_categorical, sequence)")]
    public string? Table { get; init; }

    /// <summary>The columns of a cross.</summary>
    /// <value>Default: none.</value>
    [Description("The columns whose values make the categories together (cross)")]
    public IReadOnlyList<string> Of { get; init; } = [];

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
        if (Kind == FeatureKind.Cross && Of.Distinct().Count() < 2)
            yield return (nameof(Of), "a cross is made of at least two columns; name them, such as 'of: [user_segment, brand]'");
        if (Kind != FeatureKind.Cross && Of.Count > 0) yield return (nameof(Of), "'of' belongs to a cross; write 'kind: cross', or remove it");
        if (Kind != FeatureKind.Sequence && Along is not null) yield return (nameof(Along), "'along' belongs to a sequence; write 'kind: sequence', or remove it");
        if (Table is not null && Kind is not (FeatureKind.Categorical or FeatureKind.MultiCategorical or FeatureKind.Sequence))
            yield return (nameof(Table), "'table' belongs to categories; write 'kind: categorical', multi_categorical or sequence, or remove it");
    }
}
