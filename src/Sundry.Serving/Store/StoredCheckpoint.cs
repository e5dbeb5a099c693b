namespace Sundry.Serving;

/// <summary>A checkpoint that is whole: what was made of all changes up to a position.</summary>
/// <param name="Id">Its number in the store.</param>
/// <param name="Name">What it is of.</param>
/// <param name="Position">The position up to which it holds everything.</param>
/// <param name="Created">When it was saved: Unix time in milliseconds, UTC.</param>
/// <param name="Length">Its bytes.</param>
public sealed record StoredCheckpoint(long Id, string Name, long Position, long Created, long Length);
