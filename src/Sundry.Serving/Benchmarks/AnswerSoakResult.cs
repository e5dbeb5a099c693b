namespace Sundry.Serving;

/// <summary>What <see cref="AnswerSoak"/> found.</summary>
/// <param name="Requests">Requests that were answered.</param>
/// <param name="Changes">Changes of stock and visibility, and purchases, that were made meanwhile.</param>
/// <param name="Broken">Items that an answer should not have had: hidden, sold out, deleted, blocked or just bought before it began, or there twice.</param>
/// <param name="Empty">Answers without items.</param>
/// <param name="First">The first that was wrong, in words; null where none was.</param>
/// <param name="Options">What was asked for.</param>
public sealed record AnswerSoakResult(long Requests, long Changes, long Broken, long Empty, string? First, AnswerSoakOptions Options)
{
    /// <summary>Whether every promise was kept.</summary>
    public bool IsWell => Broken == 0 && Empty == 0;
}
