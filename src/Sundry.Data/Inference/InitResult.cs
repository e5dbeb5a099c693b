namespace Sundry.Data;

/// <summary>What <see cref="InitWriter"/> wrote.</summary>
/// <param name="Yaml">The configuration.</param>
/// <param name="Tasks">Names of the tasks, in the file's order.</param>
/// <param name="Features">Number of features.</param>
/// <param name="Excluded">Columns that are left out, each with the reason.</param>
/// <param name="RowsRead">Rows that were read; the first 2,000,000 at most.</param>
/// <param name="RowsLookedAt">Rows among them, spread evenly, whose values were looked at; 50,000 at most.</param>
public sealed record InitResult(string Yaml, IReadOnlyList<string> Tasks, int Features, IReadOnlyList<KeyValuePair<string, string>> Excluded, long RowsRead, int RowsLookedAt)
{
    /// <summary>Where the files are taken for a shop's log, its types of events; null for a table.</summary>
    public string? Log { get; init; }
}
