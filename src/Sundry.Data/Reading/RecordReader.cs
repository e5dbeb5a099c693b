namespace Sundry.Data;

/// <summary>Reads one file row by row; what rows look like is for its two heirs to know.</summary>
internal abstract class RecordReader : IDisposable
{
    protected RecordReader(TextBuffer text, string name)
    {
        Text = text;
        Name = name;
    }

    /// <summary>What <see cref="Next"/> found.</summary>
    public enum Found
    {
        /// <summary>Nothing: the file has ended.</summary>
        End,

        /// <summary>A row.</summary>
        Row,

        /// <summary>A row that cannot be read; <see cref="Problem"/> says why.</summary>
        BadRow,
    }

    /// <summary>The file as the user named it.</summary>
    public string Name { get; }

    /// <summary>The columns' names.</summary>
    public string[] Header { get; protected set; } = [];

    /// <summary>The row's bytes; its fields are places in it.</summary>
    public byte[] Bytes { get; protected set; } = [];

    /// <summary>Where each field begins in <see cref="Bytes"/>.</summary>
    public int[] Starts { get; protected set; } = [];

    /// <summary>How many bytes each field has.</summary>
    public int[] Lengths { get; protected set; } = [];

    /// <summary>The line that the row begins on, counted from 1.</summary>
    public long Line { get; protected set; } = 1;

    /// <summary>What is wrong with a bad row, as one sentence.</summary>
    public string Problem { get; protected set; } = "";

    /// <summary>The bad row's column, counted from 1, where one is to blame.</summary>
    public int? ProblemColumn { get; protected set; }

    /// <summary>How much of the file on disk has been read.</summary>
    public long FilePosition => Text.FilePosition;

    protected TextBuffer Text { get; }

    /// <summary>Moves to the next row.</summary>
    /// <exception cref="InputException">The file cannot be read further.</exception>
    public abstract Found Next();

    public void Dispose() => Text.Dispose();

    /// <summary>Says what is wrong with the row.</summary>
    protected Found Bad(string problem, int? column = null)
    {
        Problem = problem;
        ProblemColumn = column;
        return Found.BadRow;
    }

    /// <summary>Refuses names that stand twice; nameless columns are named by their place.</summary>
    protected void CheckHeader(long line)
    {
        var places = new Dictionary<string, int>(Header.Length, StringComparer.Ordinal);
        for (int i = 0; i < Header.Length; i++)
        {
            if (Header[i].Length == 0) Header[i] = $"column_{i + 1}";
            if (!places.TryAdd(Header[i], i))
                throw new InputException($"the column '{Header[i]}' stands twice, first as column {places[Header[i]] + 1}; rename one of them", Name, line, i + 1);
        }
    }
}
