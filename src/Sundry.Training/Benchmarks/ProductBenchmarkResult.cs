using Sundry.Compute;

namespace Sundry.Training;

/// <summary>What <see cref="ProductBenchmark"/> found. Figures are medians over the rounds; a range is the least and the greatest.</summary>
/// <param name="RowsPerThread">Rows of each product.</param>
/// <param name="Products">Each layer, form and number of threads.</param>
/// <param name="Totals">All layers together, by form and number of threads: as if a step were nothing but products.</param>
/// <param name="Options">What was asked for.</param>
/// <param name="Machine">What it was measured on.</param>
public sealed record ProductBenchmarkResult(
    int RowsPerThread,
    IReadOnlyList<ProductBenchmarkResult.Product> Products,
    IReadOnlyList<ProductBenchmarkResult.Total> Totals,
    ProductBenchmarkOptions Options,
    Machine Machine)
{
    /// <summary>One product.</summary>
    /// <param name="Shape">The layer.</param>
    /// <param name="Form">Which of its products.</param>
    /// <param name="Threads">Threads that computed it at the same time, each with its own rows.</param>
    /// <param name="Gflops">10⁹ operations a second, all threads together.</param>
    /// <param name="PeakGflops">What as many threads could do, measured before and after each time.</param>
    /// <param name="ShareOfPeak">The first over the second, round by round.</param>
    /// <param name="ShareRange">The least and the greatest share.</param>
    public sealed record Product(ProductShape Shape, ProductForm Form, int Threads, double Gflops, double PeakGflops, double ShareOfPeak, double[] ShareRange);

    /// <summary>All layers of one form; of all forms where there is none.</summary>
    /// <param name="Form">The form, or null for all.</param>
    /// <param name="Threads">Threads that computed at the same time.</param>
    /// <param name="Gflops">10⁹ operations a second, all threads together.</param>
    /// <param name="ShareOfPeak">The time that they would take at the peak over the time that they took, round by round.</param>
    /// <param name="ShareRange">The least and the greatest share.</param>
    public sealed record Total(ProductForm? Form, int Threads, double Gflops, double ShareOfPeak, double[] ShareRange);
}
