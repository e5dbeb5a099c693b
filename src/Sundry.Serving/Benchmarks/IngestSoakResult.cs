namespace Sundry.Serving;

/// <summary>What became of events whose process was killed again and again.</summary>
/// <param name="Cycles">How often it was killed.</param>
/// <param name="Acknowledged">Events that were acknowledged.</param>
/// <param name="Found">Events that were there afterwards: those, and some whose acknowledgement was cut off.</param>
/// <param name="Lost">Events that were acknowledged and are not there.</param>
/// <param name="Doubled">Events that are there more than once, or would be after they are sent again.</param>
/// <param name="Torn">Batches of which only a part is there.</param>
/// <param name="SlowestOpenMs">The longest time to open the store after a kill.</param>
public sealed record IngestSoakResult(int Cycles, long Acknowledged, long Found, long Lost, long Doubled, long Torn, double SlowestOpenMs)
{
    /// <summary>Whether every promise was kept.</summary>
    public bool IsWell => Lost == 0 && Doubled == 0 && Torn == 0;
}
