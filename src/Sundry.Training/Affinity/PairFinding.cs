namespace Sundry.Training;

/// <summary>What there is to say of two tasks.</summary>
/// <param name="Kind">What they are to each other.</param>
/// <param name="First">A task; of a drowned pair the one whose gradient is longer.</param>
/// <param name="Second">The other.</param>
/// <param name="Sentence">In plain words, with what to try.</param>
/// <param name="Setting">What to try, as <c>--set</c> takes it; empty where all may stay as it is.</param>
public sealed record PairFinding(PairKind Kind, string First, string Second, string Sentence, string Setting);
