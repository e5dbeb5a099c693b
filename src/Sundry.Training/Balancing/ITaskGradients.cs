using Sundry.Compute;

namespace Sundry.Training;

/// <summary>
/// The gradient g_t of every task's own mean loss with respect to the shared parameters: dense ones, and the rows of embedding tables that
/// the batch touches. A task without a row in the batch has the gradient 0. They are those of the last forward walk; once combined, the step's gradient
/// is what the optimiser goes by.
/// </summary>
public interface ITaskGradients
{
    /// <summary>Number of tasks, T.</summary>
    int Tasks { get; }

    /// <summary>Number of shared tensors: dense parameters, and tables, each one tensor.</summary>
    int Tensors { get; }

    /// <summary>The tensors of the last shared layer, below which tasks part: those that GradNorm looks at.</summary>
    IReadOnlyList<int> LastLayer { get; }

    /// <summary>The Gram matrix over all shared tensors.</summary>
    /// <param name="gram">[T, T]: takes &lt;g_t, g_s&gt;.</param>
    void Gram(double[,] gram);

    /// <summary>The Gram matrix of one tensor; the sum of all of them is that of <see cref="Gram(double[,])"/>.</summary>
    /// <param name="tensor">The tensor, from 0.</param>
    /// <param name="gram">[T, T]: takes the inner products.</param>
    void Gram(int tensor, double[,] gram);

    /// <summary>The Gram matrix of the gradients with respect to the shared representation, over rows and units.</summary>
    /// <param name="gram">[T, T]: takes the inner products.</param>
    void RepresentationGram(double[,] gram);

    /// <summary>Makes the step's gradient: Σ w_t g_t for shared parameters, own_t times its own gradient for what belongs to task t.</summary>
    /// <param name="shared">[T]: one weight a task; or [<see cref="Tensors"/>, T]: one a tensor and task.</param>
    /// <param name="own">[T].</param>
    void Combine(ReadOnlySpan<double> shared, ReadOnlySpan<double> own);

    /// <summary>Makes the step's gradient coordinate by coordinate.</summary>
    /// <param name="rule">Called for chunks that together hold every shared coordinate once, in any order and on several threads.</param>
    /// <param name="own">[T]: as in <see cref="Combine(ReadOnlySpan{double}, ReadOnlySpan{double})"/>.</param>
    void Combine(CoordinateRule rule, ReadOnlySpan<double> own);
}
