namespace Sundry.Compute;

/// <summary>Combines the tasks' gradients in a chunk of neighbouring coordinates of one tensor. It may be called from several threads.</summary>
/// <param name="coordinate">Number of the first coordinate. It names the coordinate for good, whatever rows a batch touches, so that randomness can be drawn by it.</param>
/// <param name="gradients">[tasks, n]: the tasks' gradients.</param>
/// <param name="combined">[n]: takes the gradient of the step.</param>
public delegate void CoordinateRule(ulong coordinate, ReadOnlySpan<float> gradients, Span<float> combined);
