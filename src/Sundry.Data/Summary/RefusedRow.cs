namespace Sundry.Data;

/// <summary>A row that could not be read and was left out, as <c>on_bad_row: skip</c> asks.</summary>
/// <param name="File">Its file.</param>
/// <param name="Line">The line that it begins on, counted from 1.</param>
/// <param name="Reason">What is wrong with it, as one sentence with the column.</param>
public sealed record RefusedRow(string File, long Line, string Reason);
