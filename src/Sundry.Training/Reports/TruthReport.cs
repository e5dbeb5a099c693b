namespace Sundry.Training;

/// <summary>How close one model comes to the truth in one task.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Model">The model, in words.</param>
/// <param name="Distance">The distance.</param>
public sealed record TruthReport(string Task, string Model, TruthDistance Distance);
