namespace Sundry.Training;

/// <summary>The metrics of a regression or count task over resamples.</summary>
internal sealed class ValueResampling : ResampledMetrics
{
    private readonly List<Row> _rows = [];

    public ValueResampling(LabelledRows rows, IReadOnlyList<string> names)
    {
        Names = names;
        var mean = new WeightedMean();
        for (int i = 0; i < rows.Count; i++)
        {
            double weight = rows.Weight(i);
            if (weight > 0) mean.Add(rows.Labels[i], weight);
        }

        bool deviance = names.Contains("poisson_deviance");
        for (int i = 0; i < rows.Count; i++)
        {
            double weight = rows.Weight(i), p = rows.Predictions[i], y = rows.Labels[i];
            if (weight > 0) _rows.Add(new(weight, p, y, y - mean.Value, p - y, deviance ? PoissonDeviance.OfRow(p, y) : 0));
        }
    }

    public override int Rows => _rows.Count;

    public override IReadOnlyList<string> Names { get; }

    public override void Evaluate(ReadOnlySpan<byte> counts, Span<double> scratch, Span<double> values)
    {
        double weight = 0, predicted = 0, seen = 0, centred = 0, squares = 0, error = 0, absolute = 0, deviance = 0;
        var rows = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_rows);
        for (int i = 0; i < rows.Length; i++)
        {
            ref readonly var row = ref rows[i];
            double w = counts[i] * row.Weight;
            weight += w;
            predicted += w * row.Prediction;
            seen += w * row.Label;
            centred += w * row.Centred;
            squares += w * row.Centred * row.Centred;
            error += w * row.Error * row.Error;
            absolute += w * Math.Abs(row.Error);
            deviance += w * row.Deviance;
        }

        double spread = squares - centred * centred / weight;
        for (int m = 0; m < Names.Count; m++)
        {
            values[m] = Names[m] switch
            {
                "rmse" => Math.Sqrt(error / weight),
                "mae" => absolute / weight,
                // the difference of two nearly equal sums: below the rounding error there is no spread
                "r2" => spread > squares * 1e-12 ? 1 - error / spread : double.NaN,
                "poisson_deviance" => deviance / weight,
                "calibration" => Calibration.Of(predicted, seen),
                var other => throw TaskMetrics.Unknown(other),
            };
        }
    }

    private readonly record struct Row(double Weight, double Prediction, double Label, double Centred, double Error, double Deviance);
}
