namespace Sundry.Training;

/// <summary>How the gradients of two tasks lay to each other, on the shared parameters and before the optimiser.</summary>
/// <param name="First">A task.</param>
/// <param name="Second">Another.</param>
/// <param name="Steps">The steps that were looked at in which both tasks had a gradient.</param>
/// <param name="Cosine">Mean of ⟨g, h⟩ / (‖g‖ ‖h‖) over those steps, over all shared tensors; NaN where there was none.</param>
/// <param name="Conflicts">The share of those steps with a negative cosine; NaN where there was none.</param>
/// <param name="Layers">By shared layer, the embedding tables being one: the mean cosine there.</param>
public sealed record PairRecord(string First, string Second, int Steps, double Cosine, double Conflicts, IReadOnlyDictionary<string, double> Layers);
