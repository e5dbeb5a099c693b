namespace Sundry.Serving;

/// <summary>Two users who are friends, or were.</summary>
/// <param name="User">One of them, the first by its bytes.</param>
/// <param name="Friend">The other.</param>
/// <param name="Removed">Whether they are friends no longer.</param>
/// <param name="Position">The position of the last change.</param>
public sealed record StoredFriendship(string User, string Friend, bool Removed, long Position);
