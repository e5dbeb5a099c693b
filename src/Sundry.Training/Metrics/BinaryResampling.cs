namespace Sundry.Training;

/// <summary>The metrics of a binary task over resamples: the rows are sorted and their losses taken once.</summary>
internal sealed class BinaryResampling : ResampledMetrics
{
    private readonly RankedRows _ranked;
    private readonly double[] _losses;
    private readonly int _firstPositive;
    private readonly bool _needsSums;
    private readonly bool _weighted;

    public BinaryResampling(RankedRows ranked, IReadOnlyList<string> names)
    {
        _ranked = ranked;
        Names = names;
        // only these walk over the ranks alone; a comparison of AUC, the usual one, is spared the rest
        _needsSums = names.Any(name => name is not ("auc" or "pr_auc" or "ece"));
        _weighted = ranked.Weights.AsSpan().ContainsAnyExcept(1.0);
        _losses = new double[ranked.Count];
        for (int i = 0; i < ranked.Count; i++) _losses[i] = LogLoss.OfRow(ranked.Scores[i], ranked.Labels[i]);
        while (_firstPositive < ranked.Count && ranked.Scores[_firstPositive] < .5f) _firstPositive++;
    }

    public override int Rows => _ranked.Count;

    public override IReadOnlyList<string> Names { get; }

    public override void Evaluate(ReadOnlySpan<byte> counts, Span<double> scratch, Span<double> values)
    {
        var weights = scratch[..Rows];
        var rows = _ranked.Rows.AsSpan(0, weights.Length);
        for (int i = 0; i < weights.Length; i++) weights[i] = counts[rows[i]];
        if (_weighted)
            for (int i = 0; i < weights.Length; i++) weights[i] *= _ranked.Weights[i];

        var below = _needsSums ? Sum(weights, 0, _firstPositive) : default;
        var above = _needsSums ? Sum(weights, _firstPositive, Rows) : default;
        var all = below + above;
        double logLoss = all.Weight > 0 ? all.Loss / all.Weight : double.NaN;
        var confusion = new BinaryCounts(above.Label, above.Weight - above.Label, below.Label, below.Weight - below.Label);
        for (int m = 0; m < Names.Count; m++)
        {
            values[m] = Names[m] switch
            {
                "auc" => Auc.Of(_ranked, weights),
                "pr_auc" => PrAuc.Of(_ranked, weights),
                "logloss" => logLoss,
                "normalized_entropy" => NormalizedEntropy.Of(logLoss, all.Label / all.Weight),
                "calibration" => Calibration.Of(all.Prediction, all.Label),
                "ece" => ExpectedCalibrationError.Of(_ranked, weights),
                "accuracy" => confusion.Accuracy,
                "precision" => confusion.Precision,
                "recall" => confusion.Recall,
                "f1" => confusion.F1,
                var other => throw TaskMetrics.Unknown(other),
            };
        }
    }

    private Sums Sum(ReadOnlySpan<double> weights, int start, int end)
    {
        double weight = 0, label = 0, prediction = 0, loss = 0;
        for (int i = start; i < end; i++)
        {
            double w = weights[i];
            weight += w;
            label += w * _ranked.Labels[i];
            prediction += w * _ranked.Scores[i];
            loss += w * _losses[i];
        }

        return new(weight, label, prediction, loss);
    }

    private readonly record struct Sums(double Weight, double Label, double Prediction, double Loss)
    {
        public static Sums operator +(Sums a, Sums b) => new(a.Weight + b.Weight, a.Label + b.Label, a.Prediction + b.Prediction, a.Loss + b.Loss);
    }
}
