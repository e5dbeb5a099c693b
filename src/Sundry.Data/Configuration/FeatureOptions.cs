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
    [Description("How the embeddings of one field's values become one (multi_categorical, text, and sequence where model.sequences names no encoder for it)")]
    public Pooling Pooling { get; init; } = Pooling.Mean;

    /// <summary>How much of a row's values is read: the newest of a sequence or a history, the first words or pieces of a text.</summary>
    /// <value>Default: auto, 512 for texts, 20 for neighbours and 50 for others.</value>
    [ConfigNull("auto")]
    [Range(1, 1 << 16)]
    [Description("The most values that are read: the newest of a sequence or a history, the first words or pieces of a text; auto: 512 for texts, 20 for neighbours, 50 for others (sequence, history, neighbours, text)")]
    public int? Length { get; init; }

    /// <summary>The sequence that this one goes along with, value by value.</summary>
    /// <value>Default: none.</value>
    [Description("The sequence that this one goes along with value by value, such as the categories or times of a history's items; what reads that one reads both (sequence)")]
    public string? Along { get; init; }

    /// <summary>The table whose rows it shares: a feature's name, or any name that several features give.</summary>
    /// <value>Default: none, rows of its own.</value>
    [Description("The feature whose vocabulary and embeddings it shares, such as 'item' for a history of items; or any name that several features give; neighbours share that of 'item' unless another is named (categorical, multi_categorical, sequence, neighbours)")]
    public string? Table { get; init; }

    /// <summary>The columns that the feature is made of, where they are not one of its own name.</summary>
    /// <value>Default: none, the column of the feature's name.</value>
    [Description("The columns that the feature is made of, where that is not the one of its name: values that make a category together (cross), texts one behind the other (text), a vector's numbers (vector), the column of categories (multi_categorical with tree)")]
    public IReadOnlyList<string> Of { get; init; } = [];

    /// <summary>Width of this feature's embeddings.</summary>
    /// <value>Default: auto, the model's.</value>
    [ConfigNull("auto")]
    [Range(1, 4096)]
    [Description("Width of this feature's embeddings; auto: the model's")]
    public int? Embedding { get; init; }

    /// <summary>Of what a counter counts the events.</summary>
    /// <value>Default: user.</value>
    [Description("Of what events are counted: the row's user, its item, the item's category, a pair of them, or the whole shop (counter)")]
    public CounterOf By { get; init; } = CounterOf.User;

    /// <summary>The types of the events that are counted, that a history holds, or that make edges.</summary>
    /// <value>Default: none; counters and histories need some.</value>
    [Description("The types of the events that are counted, such as click, that a history holds, or that make edges (counter, history, neighbours)")]
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>What a counter says of its events.</summary>
    /// <value>Default: count.</value>
    [Description("What is said of the events: how many there were, the sum, mean or last value of a field, or the hours since the last of them (counter)")]
    public CounterMeasure Measure { get; init; } = CounterMeasure.Count;

    /// <summary>The field that a sum, a mean or a last value is of.</summary>
    /// <value>Default: price.</value>
    [Description("The field that a sum, a mean or a last value is of; spend is quantity times price (counter)")]
    public EventField Field { get; init; } = EventField.Price;

    /// <summary>The types of the events that a counter is divided by: clicks per impression.</summary>
    /// <value>Default: none.</value>
    [Description("The types of the events that a count or a sum is divided by, such as impression: a rate (counter)")]
    public IReadOnlyList<string> Per { get; init; } = [];

    /// <summary>With <see cref="Per"/>: as many of its events at the whole shop's rate are added.</summary>
    /// <value>Default: 20.</value>
    [Range(0.0, 1e9)]
    [Description("With per: as many of those events at the whole shop's rate are added, so that a rate of few events says little (counter)")]
    public double Prior { get; init; } = 20;

    /// <summary>How long events count: one of age a weighs e^(−a / window).</summary>
    /// <value>Default: none, the whole past.</value>
    [ConfigNull("none")]
    [Description("How long events count, such as 1h, 7d or 4w: they fade, so that a steady stream counts as in a sliding window of that length; of neighbours, how old an edge may be; none: the whole past (counter, neighbours)")]
    public string? Window { get; init; }

    /// <summary>How many whole days (UTC) a counter sums; it says how much there was a day.</summary>
    /// <value>Default: none, or 1 where <see cref="Lag"/> is set.</value>
    [ConfigNull("none")]
    [Range(1, Counter.MostDays)]
    [Description("How many whole days (UTC) are counted or summed; the feature is how much there was a day; none: moments, not days, or 1 with a lag (counter)")]
    public int? Days { get; init; }

    /// <summary>How many days before the row's own the last whole day is.</summary>
    /// <value>Default: none, or 1 where <see cref="Days"/> is set.</value>
    [ConfigNull("none")]
    [Range(1, Counter.MostDays)]
    [Description("How many days before the row's own day the last of the whole days is, such as 7 for the same weekday a week ago; none: 1 with days (counter)")]
    public int? Lag { get; init; }

    /// <summary>Whether a category stands for those above it too.</summary>
    /// <value>Default: false.</value>
    [Description("Whether each category brings those above it in the log's tree of categories, so that a rare one shares with its parents (multi_categorical, rows of a log); or an event counts for those above its category too (counter by category or user_category)")]
    public bool Tree { get; init; }

    /// <summary>Which of a category and those above it a counter is read of.</summary>
    /// <value>Default: own.</value>
    [Description("With tree: which category a counter is read of: the row's own with all below it, the parent above it, or the topmost (counter)")]
    public CategoryLevel Level { get; init; } = CategoryLevel.Own;

    /// <summary>What is said of each event of a history beside its item.</summary>
    /// <value>Default: event and age.</value>
    [Description("What is said of each event beside its item: event (its type), age (the time since it), and columns of the catalogue such as category (history)")]
    public IReadOnlyList<string> Beside { get; init; } = [History.Event, History.Age];

    /// <summary>What makes an item a neighbour of the row.</summary>
    /// <value>Default: none; neighbours need some.</value>
    [ConfigNull("none")]
    [Description("What makes an item a neighbour: friends (those of the row's user took it), together (one user took it and the row's item), brand or category (it is of that of the row's item) (neighbours)")]
    public EdgeKind? Edges { get; init; }

    /// <summary>Which of many neighbours are kept.</summary>
    /// <value>Default: recent.</value>
    [Description("Which of many neighbours are kept: the newest, each once, or a random sample of all so far (neighbours)")]
    public EdgeSample Sample { get; init; } = EdgeSample.Recent;

    /// <summary>How far apart two events are at most that are taken together.</summary>
    /// <value>Default: auto, a day.</value>
    [ConfigNull("auto")]
    [Description("How far apart two events of one user are at most whose items are taken together, such as 30m; auto: 1d (neighbours with edges: together)")]
    public string? Within { get; init; }

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

    /// <summary><see cref="Length"/>, auto being resolved.</summary>
    internal int Most => Length ?? Kind switch { FeatureKind.Text => 512, FeatureKind.Neighbours => 20, _ => 50 };

    /// <summary><see cref="Table"/>, which neighbours have by nature: they are items.</summary>
    internal string? SharedTable => Table ?? (Kind == FeatureKind.Neighbours ? "item" : null);

    /// <inheritdoc/>
    public IEnumerable<(string Property, string Message)> Check()
    {
        if (Kind is FeatureKind.Counter or FeatureKind.History or FeatureKind.Neighbours && Events.Count == 0) yield return (nameof(Events), "'events' names no type of event; write one, such as: click");
        if (Kind is not (FeatureKind.Counter or FeatureKind.History or FeatureKind.Neighbours) && Events.Count > 0) yield return (nameof(Events), "'events' is for counters, histories and neighbours; set 'kind: counter', history or neighbours");
        if (Kind == FeatureKind.Neighbours && Edges is null) yield return (nameof(Kind), "neighbours need edges that lead to them; write 'edges: friends', together, brand or category");
        if (Kind != FeatureKind.Neighbours && Edges is not null) yield return (nameof(Edges), "'edges' belongs to neighbours; write 'kind: neighbours', or remove it");
        if (Within is not null && Edges != EdgeKind.Together) yield return (nameof(Within), "'within' says what is taken together; write 'edges: together', or remove it");
        if (Within is not null && !Duration.TryParse(Within, out _)) yield return (nameof(Within), Duration.Problem(Within));
        if (Window is not null && !Duration.TryParse(Window, out _)) yield return (nameof(Window), Duration.Problem(Window));
        if (Per.Count > 0 && Measure is not (CounterMeasure.Count or CounterMeasure.Sum)) yield return (nameof(Per), "'per' divides a count or a sum; remove it, or set 'measure: count'");
        foreach (var wrong in CheckDays()) yield return wrong;
        if (Tree && Kind == FeatureKind.Counter && By is not (CounterOf.Category or CounterOf.UserCategory)) yield return (nameof(Tree), "a tree is one of categories; write 'by: category' or user_category, or remove 'tree'");
        if (Tree && Kind is not (FeatureKind.MultiCategorical or FeatureKind.Counter)) yield return (nameof(Tree), "a category with those above it is several values; write 'kind: multi_categorical', or remove 'tree'");
        if (Level != CategoryLevel.Own && !(Tree && Kind == FeatureKind.Counter)) yield return (nameof(Level), "'level' says which of the categories above one a counter is read of; write 'tree: true' with 'kind: counter', or remove it");
        if (Tree && Of.Count > 1) yield return (nameof(Of), "the tree is that of one column; name it alone");
        if (Beside.Distinct(StringComparer.Ordinal).Count() < Beside.Count) yield return (nameof(Beside), "'beside' names the same twice; remove one");
        if (Separator.Length == 0) yield return (nameof(Separator), "the separator is empty; write the text between two values, such as \"|\"");
        if (Kind == FeatureKind.Cross && Of.Count < 2) yield return (nameof(Of), "a cross is made of at least two columns; name them, such as 'of: [user_segment, brand]'");
        if (Kind is not (FeatureKind.Cross or FeatureKind.Text or FeatureKind.Vector) && !(Tree && Kind == FeatureKind.MultiCategorical) && Of.Count > 0)
            yield return (nameof(Of), "only a cross, a text, a vector or a category's tree is made of other columns; write its kind, or name the feature as its column");
        if (Kind != FeatureKind.Sequence && Along is not null) yield return (nameof(Along), "'along' belongs to a sequence; write 'kind: sequence', or remove it");
        if (Table is not null && Kind is not (FeatureKind.Categorical or FeatureKind.MultiCategorical or FeatureKind.Sequence or FeatureKind.Neighbours))
            yield return (nameof(Table), "'table' belongs to categories; write 'kind: categorical', multi_categorical, sequence or neighbours, or remove it");
        foreach (var wrong in CheckText().Concat(CheckVector())) yield return wrong;
    }

    private IEnumerable<(string Property, string Message)> CheckDays()
    {
        if (Days is null && Lag is null) yield break;
        var key = Days is null ? nameof(Lag) : nameof(Days);
        if (Kind != FeatureKind.Counter) yield return (key, "whole days are counted by counters; write 'kind: counter', or remove 'days' and 'lag'");
        else if (Measure is not (CounterMeasure.Count or CounterMeasure.Sum) || Per.Count > 0) yield return (key, "of whole days there is a count or a sum; write 'measure: count' or sum without 'per', or remove 'days' and 'lag'");
        else if (Window is not null) yield return (nameof(Window), "a window fades and whole days do not; remove it, or 'days' and 'lag'");
        else if (By is CounterOf.UserItem or CounterOf.UserCategory) yield return (nameof(By), "days are not kept of pairs, of which there are too many; write 'by: user', item, category or shop");
        if (Days + (Lag ?? 1) - 1 > Counter.MostDays) yield return (key, $"days and lag together look back over more than {Counter.MostDays} days; lower one");
    }

    private IEnumerable<(string Property, string Message)> CheckText()
    {
        if (Of.Any(string.IsNullOrEmpty) || Of.Distinct(StringComparer.Ordinal).Count() != Of.Count) yield return (nameof(Of), "a column is named twice or not at all; name each once");
        if (Kind != FeatureKind.Text && Encoder is not null) yield return (nameof(Encoder), "only a text has an encoder of its own; write 'kind: text', or remove 'encoder'");
        if (Kind != FeatureKind.Text) yield break;
        if (Encoder is not null && (Grams > 1 || Weights != TextWeights.None || Hash is not null)) yield return (nameof(Encoder), "an encoder reads single tokens by their places; remove 'grams', 'weights' and 'hash'");
        if (Encoder is not null && Most < 2) yield return (nameof(Length), "an encoder reads a mark of the beginning and one token at least; raise it to 2 or more");
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
