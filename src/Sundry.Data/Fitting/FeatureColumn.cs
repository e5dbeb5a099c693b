namespace Sundry.Data;

/// <summary>
/// One feature on its way from text to matrix. Reading puts provisional values (numbers of texts, raw numbers) of one block of rows into arrays, which go
/// to a file and come back twice: once to be counted and fitted, once to be encoded.
/// </summary>
internal abstract class FeatureColumn
{
    protected FeatureColumn(string name, FeatureOptions options)
    {
        Name = name;
        Options = options;
    }

    /// <summary>The feature's name, which is its column's where it has one alone.</summary>
    public string Name { get; }

    /// <summary>The columns that it is made of.</summary>
    public IReadOnlyList<string> Columns => Options.Of.Count > 0 ? Options.Of : [Name];

    /// <summary>What stands between the fields of several columns; nothing where they are values of their own.</summary>
    public virtual ReadOnlySpan<byte> Joint => default;

    /// <summary>The configuration, its kind no longer automatic.</summary>
    public FeatureOptions Options { get; }

    /// <summary>What was fitted; null before <see cref="Fit"/>, and where the feature was dropped.</summary>
    public FeatureEncoder? Encoder { get; protected set; }

    /// <summary>Takes a field into the block as this row; null, or what is wrong with it. A row may be taken again.</summary>
    public abstract string? Collect(ReadOnlySpan<byte> field, int row);

    /// <summary>Takes into the block that this row, of a source without the feature, has no value.</summary>
    public abstract void TakeNone(int row);

    /// <summary>Writes the block's first <paramref name="rows"/> rows.</summary>
    public abstract void Write(Stream stream, int rows);

    /// <summary>Reads what <see cref="Write"/> wrote into the block.</summary>
    public abstract void Read(Stream stream, int rows);

    /// <summary>Counts the block's training rows.</summary>
    public abstract void Count(ReadOnlySpan<Part> parts);

    /// <summary>Fits <see cref="Encoder"/> and says what was found.</summary>
    public abstract FeatureSummary Fit();

    /// <summary>After the fit: writes what it keeps beside the rows into the folder of prepared data.</summary>
    public virtual void Save(string folder)
    {
    }

    /// <summary>Encodes the block's rows into records.</summary>
    /// <param name="records">[rows, stride] receives ids and numbers.</param>
    /// <param name="stride">The length of a record.</param>
    /// <param name="id">Where in a record its ids begin.</param>
    /// <param name="number">Where in a record its numbers begin, as the bits of floats.</param>
    /// <param name="rows">How many rows there are.</param>
    public abstract void Encode(int[] records, int stride, int id, int number, int rows);

    /// <summary>The column that fits a kind.</summary>
    /// <param name="name">The feature's name.</param>
    /// <param name="options">Its configuration, the kind decided.</param>
    /// <param name="missing">Texts of missing values.</param>
    /// <param name="seed">Seed of samples.</param>
    /// <param name="folder">What the paths of files are relative to.</param>
    /// <param name="tables">The tables of categories so far, by name; what it has of them is counted together.</param>
    public static FeatureColumn Create(string name, FeatureOptions options, MissingTexts missing, ulong seed, string folder, Dictionary<string, ValueTable> tables) => options.Kind switch
    {
        FeatureKind.Categorical or FeatureKind.Cross => new CategoryColumn(name, options, Table(name, options, missing, tables)),
        FeatureKind.MultiCategorical or FeatureKind.Sequence or FeatureKind.Neighbours => new BagColumn(name, options, Table(name, options, missing, tables)),
        FeatureKind.Numeric or FeatureKind.Counter => new NumberColumn(name, options, missing, seed),
        FeatureKind.Text when options.Encoder is not null => new TextSequenceColumn(name, options, missing, folder),
        FeatureKind.Text => new TextColumn(name, options, missing, folder),
        FeatureKind.Vector when options.File is null => new VectorColumn(name, options, missing),
        FeatureKind.Vector => new VectorFileColumn(name, options, missing, folder),
        FeatureKind.Date => new TimeColumn(name, options, missing),
        _ => throw new ArgumentException("The kind is not decided.", nameof(options)),
    };

    private static ValueTable Table(string name, FeatureOptions options, MissingTexts missing, Dictionary<string, ValueTable> tables)
    {
        var key = SharedTables.Key(name, options);
        return tables.TryGetValue(key, out var known) ? known : tables[key] = new ValueTable(name, options, missing);
    }
}
