namespace Sundry.Data;

/// <summary>Columns that are kept beside the encoded rows for ranking: which rows were shown together, and what they are worth.</summary>
/// <param name="Group">The column that rows of one list have in common, such as a session or a request.</param>
/// <param name="Numbers">Columns of numbers, such as a price; a missing number is 0.</param>
public sealed record GroupColumns(string Group, IReadOnlyList<string> Numbers);
