namespace Sundry.Training;

/// <summary>
/// Predictions beside labels, as every metric reads them: a row whose label is NaN lies outside the task's sample
/// space and weighs nothing, and without weights every other row weighs one.
/// </summary>
internal readonly ref struct LabelledRows
{
    private readonly ReadOnlySpan<float> _weights;

    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public LabelledRows(ReadOnlySpan<float> predictions, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, int width = 1)
    {
        if (width < 1 || predictions.Length != labels.Length * width)
            throw new ArgumentException($"there are {predictions.Length} predictions for {labels.Length} labels of {width} value(s) each", nameof(predictions));
        if (!weights.IsEmpty && weights.Length != labels.Length)
            throw new ArgumentException($"there are {weights.Length} weights for {labels.Length} labels", nameof(weights));
        Predictions = predictions;
        Labels = labels;
        _weights = weights;
    }

    /// <summary>[Count] or [Count, width].</summary>
    public ReadOnlySpan<float> Predictions { get; }

    /// <summary>[Count]</summary>
    public ReadOnlySpan<float> Labels { get; }

    public int Count => Labels.Length;

    /// <summary>The row's weight; 0 where it does not count.</summary>
    public double Weight(int row)
    {
        if (float.IsNaN(Labels[row])) return 0;
        if (_weights.IsEmpty) return 1;
        var weight = _weights[row];
        return weight > 0 ? weight : 0;
    }
}
