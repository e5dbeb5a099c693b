namespace Sundry.Serving;

/// <summary>What became of a shop whose server was killed again and again.</summary>
/// <param name="Cycles">How often it was killed.</param>
/// <param name="Starting">Of these, while it was still starting.</param>
/// <param name="Stopping">Of these, while it was stopping because it was asked to.</param>
/// <param name="Acknowledged">Events that were acknowledged.</param>
/// <param name="Changes">Changes of items, and deletions of users, that were acknowledged.</param>
/// <param name="Answers">Recommendations.</param>
/// <param name="Doubts">Calls whose answer the kill cut off, and which were made again.</param>
/// <param name="Busy">Calls that were answered 503 and made again.</param>
/// <param name="Lost">Events that were acknowledged and are not there.</param>
/// <param name="Doubled">Events that are there more than once, or are taken again when they are sent again.</param>
/// <param name="Torn">Batches of which only a part is there.</param>
/// <param name="Strayed">Items and users that are not what was acknowledged last.</param>
/// <param name="Broken">Answers that were empty, or showed an item that was off sale or one twice.</param>
/// <param name="Faults">Calls that were answered with what is neither right nor 503.</param>
/// <param name="Differing">States that are not, byte for byte, what a rebuild from the store alone comes to.</param>
/// <param name="Compared">States that were compared and had not just been rebuilt themselves.</param>
/// <param name="Restored">Of these, those that began with a checkpoint.</param>
/// <param name="Damaged">Times that the database's own check found something.</param>
/// <param name="Late">Starts that took longer than they may.</param>
/// <param name="SlowestReadyMs">The longest time from a start to being ready.</param>
/// <param name="First">The first promise that was broken, in words; null where none was.</param>
public sealed record ServeSoakResult(
    int Cycles, int Starting, int Stopping, long Acknowledged, long Changes, long Answers, long Doubts, long Busy, long Lost, long Doubled, long Torn, long Strayed, long Broken, long Faults,
    int Differing, int Compared, int Restored, int Damaged, int Late, double SlowestReadyMs, string? First)
{
    /// <summary>Whether every promise was kept.</summary>
    public bool IsWell => (Lost, Doubled, Torn, Strayed, Broken, Faults) is (0, 0, 0, 0, 0, 0) && (Differing, Damaged, Late) is (0, 0, 0);
}
