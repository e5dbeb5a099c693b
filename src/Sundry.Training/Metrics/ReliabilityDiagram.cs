namespace Sundry.Training;

/// <summary>
/// Predicted against observed, over the bins of <see cref="ExpectedCalibrationError"/>: the mean distance of its bins, each weighing
/// its weight, is that error.
/// </summary>
public static class ReliabilityDiagram
{
    /// <summary>The bins that hold rows, by rising prediction; empty where it is undefined.</summary>
    /// <param name="probabilities">[n]</param>
    /// <param name="labels">[n], 0 or 1; NaN leaves the row out.</param>
    /// <param name="weights">[n], or empty for ones.</param>
    /// <param name="bins">Number of bins, at least 1.</param>
    public static IReadOnlyList<ReliabilityBin> Of(ReadOnlySpan<float> probabilities, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default, int bins = ExpectedCalibrationError.Bins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        if (RankedRows.Of(probabilities, labels, weights) is not { } ranked) return [];
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
                if (open.Rows > 0) result.Add(open.Close());
                open = new();
                bin = middle;
            }

            open.Merge(tie);
            below += tie.Weight;
        }

        if (open.Rows > 0) result.Add(open.Close());
        return result;
    }

    private struct Sums
    {
        private double _prediction;
        private double _label;
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
            Rows++;
        }

        public void Merge(Sums other)
        {
            Weight += other.Weight;
            _squares += other._squares;
            _prediction += other._prediction;
            _label += other._label;
            Rows += other.Rows;
        }

        public readonly ReliabilityBin Close()
        {
            double share = _label / Weight;
            // Kish's effective number of rows: uneven weights know less than their count
            double n = Weight * Weight / _squares;
            const double z = 1.959963984540054;
            double centre = (share + z * z / (2 * n)) / (1 + z * z / n);
            double half = z / (1 + z * z / n) * Math.Sqrt(share * (1 - share) / n + z * z / (4 * n * n));
            return new(_prediction / Weight, share, Rows, Weight, Math.Max(0, centre - half), Math.Min(1, centre + half));
        }
    }
}
