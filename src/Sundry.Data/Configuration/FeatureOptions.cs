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
    [Description("Categories seen in fewer training rows than this share the row of the unknown (categorical, multi_categorical, sequence, cross); of a text's words: they are left out")]
    public int MinCount { get; init; } = 2;

    /// <summary>Number of rows that categories are hashed into, for sets too large for a vocabulary.</summary>
    /// <value>Default: none, a vocabulary is kept.</value>
    [ConfigNull("none")]
    [Range(2, 1 << 28)]
    [Description("Number of rows that categories are hashed into instead of keeping a vocabulary (categorical, multi_categorical, sequence, cross, text)")]
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
    [Description("The text between the values of one field (multi_categorical, sequence, vector)")]
    public string Separator { get; init; } = "|";

    /// <summary>How the embeddings of a bag's values become one.</summary>
    /// <value>Default: mean.</value>
    [Description("How the embeddings of one field's values become one (multi_categorical, and sequence where model.sequences names no encoder for it; text)")]
    public Pooling Pooling { get; init; } = Pooling.Mean;

    /// <summary>The most values of a sequence that count, the newest; the most words or pieces of a text, the first.</summary>
    /// <value>Default: auto, 50 of a sequence and 512 of a text.</value>
    [ConfigNull("auto")]
    [Range(1, 1 << 16)]
    [Description("The most values of a sequence that count (the newest; auto: 50), or words and pieces of a text that are read (the first; auto: 512)")]
    public int? Length { get; init; }

    /// <summary>The sequence that this one goes along with, value by value.</summary>
    /// <value>Default: none.</value>
    [Description("The sequence that this one goes along with value by value, such as the categories or times of a history's items; what reads that one reads both (sequence)")]
    public string? Along { get; init; }

    /// <summary>The table whose rows it shares: a feature's name, or any name that several features give.</summary>
    /// <value>Default: none, rows of its own.</value>
    [Description("The feature whose vocabulary and embeddings it shares, such as 'item' for a history of items; or any name that several features give (categorical, multi_categorical, sequence)")]
    public string? Table { get; init; }

    /// <summary>The columns of a cross; those of a text or a vector where it is not the one of its name: texts are read one behind the other, a vector's are its numbers.</summary>
    /// <value>Default: none.</value>
    [Description("The columns whose values make the categories together (cross), that are read one behind the other (text), or that are a vector's numbers (vector)")]
    public IReadOnlyList<string> Of { get; init; } = [];

    /// <summary>Width of this feature's embeddings.</summary>
    /// <value>Default: auto, the model's.</value>
    [ConfigNull("auto")]
    [Range(1, 4096)]
    [Description("Width of this feature's embeddings; auto: the model's")]
    public int? Embedding { get; init; }

    /// <summary>What a text is cut into.</summary>
    /// <value>Default: words.</value>
    [Description("What a text is cut into: words, or pieces by a vocabulary of BERT's layout (text)")]
    public TextTokens Tokens { get; init; } = TextTokens.Words;

    /// <summary>The most words in a row that are looked at as one.</summary>
    /// <value>Default: 1, single words.</value>
    [Range(1, 5)]
    [Description("The most words in a row that count as one: 2 adds all pairs of neighbours (text)")]
    public int Grams { get; init; } = 1;

    /// <summary>The file of word pieces, one a line.</summary>
    /// <value>Default: none.</value>
    [Description("A vocab.txt of word pieces, one a line, for tokens: pieces (text)")]
    public string? Vocabulary { get; init; }

    /// <summary>How much each word counts.</summary>
    /// <value>Default: none.</value>
    [Description("How much a word counts: none (all alike, pooled as pooling says), or tfidf (a sum with smoothed tf-idf weights of length 1) (text)")]
    public TextWeights Weights { get; init; } = TextWeights.None;

    /// <summary>A transformer that reads the text's tokens in their order.</summary>
    /// <value>Default: none, the words' embeddings are pooled.</value>
    [Description("A transformer that reads the tokens in their order, from a folder or trained here; without it the embeddings of words are pooled (text)")]
    public TextEncoderOptions? Encoder { get; init; }

    /// <summary>A matrix of vectors that the column's values are keys of.</summary>
    /// <value>Default: none, the column holds the numbers themselves.</value>
    [Description("A .npy matrix with a vector a row, which the column's values are keys of; without it the column holds the numbers themselves (vector)")]
    public string? File { get; init; }

    /// <summary>The keys of the matrix's rows, one a line.</summary>
    /// <value>Default: none.</value>
    [Description("The keys of the matrix's rows, one a line (vector)")]
    public string? Keys { get; init; }

    /// <summary>What is done to vectors before the model reads them.</summary>
    /// <value>Default: standard.</value>
    [Description("What is done to a vector: standard (each number to mean 0 and deviation 1), l2 (the vector to length 1) or none (vector)")]
    public VectorScale Normalize { get; init; } = VectorScale.Standard;

    /// <summary>What <see cref="Length"/> is where it is left open.</summary>
    internal int MostValues => Length ?? (Kind == FeatureKind.Text ? 512 : 50);

    /// <inheritdoc/>
    public IEnumerable<(string Property, string Message)> Check()
    {
        if (Separator.Length == 0) yield return (nameof(Separator), "the separator is empty; write the text between two values, such as \"|\"");
        if (Kind == FeatureKind.Cross && Of.Distinct().Count() < 2)
            yield return (nameof(Of), "a cross is made of at least two columns; name them, such as 'of: [user_segment, brand]'");
        if (Kind is not (FeatureKind.Cross or FeatureKind.Text or FeatureKind.Vector) && Of.Count > 0) yield return (nameof(Of), "'of' belongs to a cross, a text or a vector; write such as 'kind: cross', or remove it");
        if (Kind == FeatureKind.Sequence && Length > 10_000) yield return (nameof(Length), "a sequence keeps at most 10000 values; lower it");
        if (Kind != FeatureKind.Sequence && Along is not null) yield return (nameof(Along), "'along' belongs to a sequence; write 'kind: sequence', or remove it");
        if (Table is not null && Kind is not (FeatureKind.Categorical or FeatureKind.MultiCategorical or FeatureKind.Sequence))
            yield return (nameof(Table), "'table' belongs to categories; write 'kind: categorical', multi_categorical or sequence, or remove it");
        foreach (var wrong in CheckText().Concat(CheckVector())) yield return wrong;
    }

    private IEnumerable<(string Property, string Message)> CheckText()
    {
        if (Of.Any(string.IsNullOrEmpty) || Of.Distinct(StringComparer.Ordinal).Count() != Of.Count) yield return (nameof(Of), "a column is named twice or not at all; name each once");
        if (Kind != FeatureKind.Text && Encoder is not null) yield return (nameof(Encoder), "only a text has an encoder of its own; write 'kind: text', or remove 'encoder'");
        if (Kind != FeatureKind.Text) yield break;
        if (Encoder is not null && (Grams > 1 || Weights != TextWeights.None || Hash is not null)) yield return (nameof(Encoder), "an encoder reads single tokens by their places; remove 'grams', 'weights' and 'hash'");
        if (Encoder is not null && Length < 2) yield return (nameof(Length), "an encoder reads a mark of the beginning and one token at least; raise it to 2 or more");
        if (Encoder?.Folder is not null)
        {
            if (Vocabulary is not null) yield return (nameof(Vocabulary), "the encoder's folder has a vocabulary; remove this one");
            yield break;
        }

        if (Tokens == TextTokens.Pieces && Vocabulary is null) yield return (nameof(Tokens), "pieces need a vocabulary; name a file with one piece a line as 'vocabulary', or write 'tokens: words'");
        if (Tokens == TextTokens.Words && Vocabulary is not null) yield return (nameof(Vocabulary), "words are counted, not looked up; write 'tokens: pieces', or remove 'vocabulary'");
    }

    private IEnumerable<(string Property, string Message)> CheckVector()
    {
        if (Kind != FeatureKind.Vector)
        {
            if (File is not null) yield return (nameof(File), "only vectors come from a file; write 'kind: vector', or remove 'file'");
            if (Keys is not null) yield return (nameof(Keys), "only vectors come from a file; write 'kind: vector', or remove 'keys'");
            yield break;
        }

        if (File is null != Keys is null) yield return (File is null ? nameof(Keys) : nameof(File), "a matrix needs the keys of its rows, one a line; name both 'file' and 'keys', or neither");
        if (File is not null && Of.Count > 1) yield return (nameof(Of), "a key is one column; name it alone");
    }
}
