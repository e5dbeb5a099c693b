namespace Sundry.Serving;

/// <summary>How much is in a store.</summary>
/// <param name="Position">The last position that was used.</param>
/// <param name="Events">Events.</param>
/// <param name="Items">Items, those that were deleted not counted.</param>
/// <param name="Users">Users of whom something is known beside events.</param>
/// <param name="Answers">Answers, expired ones that are still there included.</param>
public sealed record StoreCounts(long Position, long Events, long Items, long Users, long Answers);
