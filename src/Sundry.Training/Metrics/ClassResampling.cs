namespace Sundry.Training;

/// <summary>The metrics of a multiclass task over resamples.</summary>
internal sealed class ClassResampling : ResampledMetrics
{
    private readonly List<Row> _rows = [];
    private readonly int _classes;

    public ClassResampling(LabelledRows rows, int classes, IReadOnlyList<string> names)
    {
        _classes = classes;
        Names = names;
        for (int i = 0; i < rows.Count; i++)
        {
            double weight = rows.Weight(i);
            if (!(weight > 0)) continue;
            var probabilities = rows.Predictions.Slice(i * classes, classes);
            int label = (int)rows.Labels[i];
            _rows.Add(new(weight, MulticlassLogLoss.OfRow(probabilities, label), ClassCounts.MostProbable(probabilities), label));
        }
    }

    public override int Rows => _rows.Count;

    public override IReadOnlyList<string> Names { get; }

    public override void Evaluate(ReadOnlySpan<byte> counts, Span<double> scratch, Span<double> values)
    {
        var classes = new ClassCounts(_classes);
        var loss = new WeightedMean();
        for (int i = 0; i < _rows.Count; i++)
        {
            if (counts[i] == 0) continue;
            var row = _rows[i];
            double weight = counts[i] * row.Weight;
            loss.Add(row.Loss, weight);
            classes.Add(row.Predicted, row.Label, weight);
        }

        for (int m = 0; m < Names.Count; m++)
        {
            values[m] = Names[m] switch
            {
                "accuracy" => classes.Accuracy,
                "f1" => classes.MacroF1,
                "logloss" => loss.Value,
                var other => throw TaskMetrics.Unknown(other),
            };
        }
    }

    private readonly record struct Row(double Weight, double Loss, int Predicted, int Label);
}
