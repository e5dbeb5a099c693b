namespace Sundry.Compute;

/// <summary>Binary cross-entropy from a logit in which rows that are predicted well count less, by (1 − p)^γ (Lin et al., 2017), and labels may be smoothed.</summary>
public sealed unsafe class FocalLoss : Loss
{
    private readonly double _gamma;
    private readonly double _smoothing;

    /// <summary>Adds the loss to the graph; labels are 0 or 1.</summary>
    /// <param name="name">The task's name.</param>
    /// <param name="prediction">The logit, [rows, 1].</param>
    /// <param name="label">Input: the label of each row.</param>
    /// <param name="weight">Input: the weight of each row.</param>
    /// <param name="gamma">γ; 0 for plain cross-entropy.</param>
    /// <param name="smoothing">The share of a label that is spread over both classes.</param>
    public FocalLoss(string name, Node prediction, Node label, Node weight, double gamma, double smoothing = 0)
        : base(name, prediction, label, weight)
    {
        if (prediction.Width != 1) throw new ArgumentException($"loss '{name}' takes one float a row, not {prediction.Width}", nameof(prediction));
        ArgumentOutOfRangeException.ThrowIfNegative(gamma);
        ArgumentOutOfRangeException.ThrowIfNegative(smoothing);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(smoothing, 1);
        _gamma = gamma;
        _smoothing = smoothing;
    }

    private protected override double Compute(float* slopes, Frame frame, Node label, Node weight) =>
        Losses.Focal(slopes, frame.Value(Prediction), frame.Value(label), frame.Value(weight), frame.Rows, _gamma, _smoothing);
}
