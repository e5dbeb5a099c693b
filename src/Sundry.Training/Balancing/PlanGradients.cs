using Sundry.Compute;

namespace Sundry.Training;

/// <summary>The tasks' gradients as a training plan computes them.</summary>
internal sealed class PlanGradients(TaskGradients gradients) : ITaskGradients
{
    /// <inheritdoc/>
    public int Tasks => gradients.Tasks;

    /// <inheritdoc/>
    public int Tensors => gradients.Tensors;

    /// <inheritdoc/>
    public IReadOnlyList<int> LastLayer => gradients.LastLayer;

    /// <inheritdoc/>
    public void Gram(double[,] gram) => gradients.Gram(gram);

    /// <inheritdoc/>
    public void Gram(int tensor, double[,] gram) => gradients.Gram(tensor, gram);

    /// <inheritdoc/>
    public void RepresentationGram(double[,] gram) => gradients.RepresentationGram(gram);

    /// <inheritdoc/>
    public void Combine(ReadOnlySpan<double> shared, ReadOnlySpan<double> own) => gradients.Combine(shared, own);

    /// <inheritdoc/>
    public void Combine(CoordinateRule rule, ReadOnlySpan<double> own) => gradients.Combine(rule, own);

    /// <summary>Computes them anew after a forward walk.</summary>
    public void Collect(ReadOnlySpan<double> penalties) => gradients.Collect(penalties);
}
