namespace Sundry.Data;

/// <summary>What an import read and wrote.</summary>
/// <param name="Name">The data set.</param>
/// <param name="Folder">The folder that was written.</param>
/// <param name="RowsRead">Rows read, of all files.</param>
/// <param name="Files">The files that were written, and how many rows each has.</param>
/// <param name="LeftOut">Rows that were left out, by reason.</param>
/// <param name="Notes">What one has to know of the result: what was made up, above all.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record ImportSummary(
    string Name, string Folder, long RowsRead, IReadOnlyDictionary<string, long> Files, IReadOnlyDictionary<string, long> LeftOut, IReadOnlyList<string> Notes, double Seconds);
