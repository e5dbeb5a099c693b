namespace Sundry.Training;

/// <summary>What there is to say of two tasks, or of one and those that it drowns.</summary>
/// <param name="Kind">What they are to each other.</param>
/// <param name="Tasks">The tasks; where one drowns others, that one first.</param>
/// <param name="Sentence">In plain words, with what to try.</param>
/// <param name="Setting">What to try, as <c>--set</c> takes it; empty where all may stay as it is.</param>
public sealed record PairFinding(PairKind Kind, IReadOnlyList<string> Tasks, string Sentence, string Setting);
