namespace Sundry.Training;

/// <summary>
/// Predicted against observed, over the bins of <see cref="ExpectedCalibrationError"/>: the mean distance of its bins, each weighing
/// its weight, is that error.
/// </summary>
public static class ReliabilityDiagram
{
    // the normal's 97.5 % point
    private const double Z = 1.959963984540054;

    /// <summary>The bins of a binary task that hold rows, by rising prediction; empty where it is undefined.</summary>
    /// <param name="probabilities">[n]</param>
    /// <param name="labels">[n], 0 or 1; NaN leaves the row out.</param>
    /// <param name="weights">[n], or empty for ones.</param>
    /// <param name="bins">Number of bins, at least 1.</param>
    public static IReadOnlyList<ReliabilityBin> Of(ReadOnlySpan<float> probabilities, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default, int bins = ExpectedCalibrationError.Bins) =>
        Of(probabilities, labels, weights, bins, share: true);

    /// <summary>The same of values or counts: the mean label beside the mean prediction, with the mean's normal interval.</summary>
    /// <param name="predictions">[n]</param>
    /// <param name="labels">[n]; NaN leaves the row out.</param>
    /// <param name="weights">[n], or empty for ones.</param>
    /// <param name="bins">Number of bins, at least 1.</param>
    public static IReadOnlyList<ReliabilityBin> OfValues(ReadOnlySpan<float> predictions, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default, int bins = ExpectedCalibrationError.Bins) =>
        Of(predictions, labels, weights, bins, share: false);

    private static List<ReliabilityBin> Of(ReadOnlySpan<float> predictions, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, int bins, bool share)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        if (RankedRows.Of(predictions, labels, weights) is not { } ranked) return [];
        double perMass = bins / ranked.Weights.Sum(), below = 0;
        var result = new List<ReliabilityBin>();
        var open = new Sums();
        int bin = 0;
        for (int start = 0, end; start < ranked.Count; start = end)
        {
            end = start;
            var tie = new Sums();
            do tie.Add(ranked, end);
            while (!ranked.EndsTie[end++]);
            int middle = ExpectedCalibrationError.BinOf(below, tie.Weight, perMass);
            if (middle != bin)
            {
                if (open.Rows > 0) result.Add(open.Close(share));
                open = new();
                bin = middle;
            }

            open.Merge(tie);
            below += tie.Weight;
        }

        if (open.Rows > 0) result.Add(open.Close(share));
        return result;
    }

    private struct Sums
    {
        private double _prediction;
        private double _label;
        private double _labelSquares;
        private double _squares;

        public double Weight { get; private set; }

        public long Rows { get; private set; }

        public void Add(RankedRows ranked, int rank)
        {
            double weight = ranked.Weights[rank];
            Weight += weight;
            _squares += weight * weight;
            _prediction += weight * ranked.Scores[rank];
            _label += weight * ranked.Labels[rank];
            _labelSquares += weight * ranked.Labels[rank] * ranked.Labels[rank];
            Rows++;
        }

        public void Merge(Sums other)
        {
            Weight += other.Weight;
            _squares += other._squares;
            _prediction += other._prediction;
            _label += other._label;
            _labelSquares += other._labelSquares;
            Rows += other.Rows;
        }

        public readonly ReliabilityBin Close(bool share)
        {
            double mean = _label / Weight;
            // Kish's effective number of rows: uneven weights know less than their count
            double n = Weight * Weight / _squares;
            var (low, high) = share ? Wilson(mean, n) : Normal(mean, _labelSquares / Weight - mean * mean, n);
            return new(_prediction / Weight, mean, Rows, Weight, low, high);
        }

        private static (double Low, double High) Wilson(double share, double n)
        {
            double centre = (share + Z * Z / (2 * n)) / (1 + Z * Z / n);
            double half = Z / (1 + Z * Z / n) * Math.Sqrt(share * (1 - share) / n + Z * Z / (4 * n * n));
            return (Math.Max(0, centre - half), Math.Min(1, centre + half));
        }

        private static (double Low, double High) Normal(double mean, double variance, double n)
        {
            if (n < 2) return (double.NaN, double.NaN);
            double half = Z * Math.Sqrt(Math.Max(0, variance) / (n - 1));
            return (mean - half, mean + half);
        }
    }
}
