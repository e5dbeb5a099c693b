namespace Sundry.Training;

/// <summary>A task alone, as a search found it on validation.</summary>
/// <param name="Task">Its name.</param>
/// <param name="Metric">The metric that judges it.</param>
/// <param name="LearningRate">The rate that suited it best.</param>
/// <param name="Value">The metric then.</param>
/// <param name="Parameters">Trained weights.</param>
/// <param name="Rates">The metric by every rate that was tried.</param>
public sealed record ReferenceResult(string Task, string Metric, double LearningRate, double Value, long Parameters, IReadOnlyDictionary<string, double> Rates);
