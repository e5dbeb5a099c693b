namespace Sundry.Training;

/// <summary>What <see cref="CorrelationBenchmark"/> found.</summary>
/// <param name="Options">What was run.</param>
/// <param name="Architectures">The ways to share, with what they were made of.</param>
/// <param name="Points">One a correlation, in the order of the options.</param>
/// <param name="Rows">Rows of one data set's training part.</param>
/// <param name="Epochs">Epochs of each training.</param>
/// <param name="Seconds">Time of all of it.</param>
/// <param name="Machine">What it ran on.</param>
public sealed record CorrelationBenchmarkResult(
    CorrelationBenchmarkOptions Options, IReadOnlyList<CorrelationBenchmarkResult.Architecture> Architectures, IReadOnlyList<CorrelationBenchmarkResult.Point> Points, int Rows, int Epochs, double Seconds, Machine Machine)
{
    /// <summary>Whether a model's loss over ple's grows at each step, read in the order of falling correlation; null for one point.</summary>
    public bool? RatioGrows(string model)
    {
        double[] ratios = [.. Points.OrderByDescending(p => p.Correlation).Select(p => p.RatioOf(model))];
        if (ratios.Length < 2) return null;
        return Enumerable.Range(1, ratios.Length - 1).All(i => ratios[i] > ratios[i - 1]);
    }

    /// <summary>One way to share.</summary>
    /// <param name="Name">What it is called in the table.</param>
    /// <param name="Parameters">Its weights.</param>
    /// <param name="Sizes">Its sizes in words.</param>
    public sealed record Architecture(string Name, long Parameters, string Sizes);

    /// <summary>One correlation.</summary>
    /// <param name="Correlation">Cosine between the tasks' weight vectors.</param>
    /// <param name="LabelCorrelation">Pearson's correlation of the labels, mean over seeds.</param>
    /// <param name="Losses">By architecture: test loss of each seed, the mean over tasks of the squared error divided by the label's variance.</param>
    public sealed record Point(double Correlation, double LabelCorrelation, IReadOnlyDictionary<string, IReadOnlyList<double>> Losses)
    {
        /// <summary>Mean and deviation over seeds of a model's loss.</summary>
        public SeedSummary Of(string model) => SeedSummary.Of([.. Losses[model]]);

        /// <summary>Each seed's loss of a model divided by that of ple.</summary>
        public IReadOnlyList<double> RatiosOf(string model) => [.. Losses[model].Zip(Losses["ple"], (mine, ple) => mine / ple)];

        /// <summary>The geometric mean of <see cref="RatiosOf"/>: twice as good and twice as bad cancel.</summary>
        public double RatioOf(string model) => Math.Exp(RatiosOf(model).Average(Math.Log));
    }
}
