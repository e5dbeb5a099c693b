namespace Sundry.Data;

/// <summary>One task's labels on their way to the matrix, block by block as <see cref="FeatureColumn"/>s.</summary>
internal abstract class LabelColumn
{
    private readonly MissingTexts _missing;

    protected LabelColumn(string name, TaskOptions options, MissingTexts missing)
    {
        Name = name;
        Options = options;
        Label = options.Label ?? name;
        _missing = missing;
    }

    /// <summary>The task's name.</summary>
    public string Name { get; }

    public TaskOptions Options { get; }

    /// <summary>The label's column.</summary>
    public string Label { get; }

    /// <summary>What was fitted; null before <see cref="Fit"/>.</summary>
    public TaskEncoder? Encoder { get; protected set; }

    /// <summary>Takes a field into the block as this row; null, or what is wrong with it.</summary>
    /// <param name="field">The field's bytes.</param>
    /// <param name="masked">Whether the task is not defined on the row.</param>
    /// <param name="row">The row in the block.</param>
    /// <param name="place">Where the row is from.</param>
    public string? Collect(ReadOnlySpan<byte> field, bool masked, int row, RowPlace place)
    {
        if (!masked && !_missing.Contains(field)) return Take(field, row, place);
        TakeNone(row);
        return null;
    }

    /// <summary>Takes a label that is a number, for binary tasks 0 or 1, into the block as this row; NaN leaves the row out of the task. Null, or what is wrong with it.</summary>
    public abstract string? Take(int row, float label);

    public abstract void Write(Stream stream, int rows);

    public abstract void Read(Stream stream, int rows);

    /// <summary>Whether <see cref="SeeClasses"/> must see all rows before labels can be judged.</summary>
    public virtual bool NeedsClasses => false;

    /// <summary>Notes which classes training rows hold.</summary>
    public virtual void SeeClasses(ReadOnlySpan<Part> parts)
    {
    }

    /// <summary>Decides which labels can be used.</summary>
    /// <param name="skip">Whether rows with others are left out instead of ending the work.</param>
    /// <exception cref="InputException">A label cannot be used, or no row has a label.</exception>
    public virtual void Judge(bool skip)
    {
    }

    /// <summary>Whether the row's label cannot be used; it is counted then.</summary>
    public virtual bool IsRefused(int row) => false;

    /// <summary>Whether the row is a negative of a binary task.</summary>
    public virtual bool IsNegative(int row) => false;

    /// <summary>Leaves the row out of the task, as if it had no label.</summary>
    public void Leave(int row) => TakeNone(row);

    /// <summary>Counts the block's rows.</summary>
    public abstract void Count(ReadOnlySpan<Part> parts);

    /// <summary>Makes the encoder.</summary>
    /// <param name="keepRate">The share of negatives that training keeps.</param>
    /// <exception cref="InputException">The training part cannot teach the task.</exception>
    public abstract void Fit(double keepRate);

    /// <summary>The facts of one part.</summary>
    public abstract TaskSplitSummary Summarise(Part part);

    /// <summary>Rows refused so far by <see cref="Judge"/>'s verdict, with the first place of each text.</summary>
    public virtual void ListRefused(RefusedRows refused)
    {
    }

    /// <summary>The row's label.</summary>
    public abstract float this[int row] { get; }

    protected abstract string? Take(ReadOnlySpan<byte> field, int row, RowPlace place);

    protected abstract void TakeNone(int row);

    /// <summary>The task's schema, its figures aside.</summary>
    protected TaskSchema Schema(IReadOnlyList<string> classes, IReadOnlyList<double>? classWeights, double keepRate) =>
        new TaskSchema(Name, Options.Type, classes, Options.Weight, "", Options.Delta, "", classWeights, keepRate).With(Options);

    /// <summary>The column that fits a task.</summary>
    public static LabelColumn Create(string name, TaskOptions options, MissingTexts missing) =>
        options.Type is TaskType.Binary or TaskType.Multiclass ? new ClassColumn(name, options, missing) : new ValueColumn(name, options, missing);
}

/// <summary>Where a row is from.</summary>
/// <param name="File">Its file.</param>
/// <param name="Line">The line that it begins on.</param>
/// <param name="Column">The label's column, counted from 1.</param>
internal readonly record struct RowPlace(string File, long Line, int Column);
