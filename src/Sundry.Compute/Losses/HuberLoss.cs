namespace Sundry.Compute;

/// <summary>Huber's loss: e² / 2 where |e| ≤ δ, else δ (|e| − δ / 2), with e = z − y.</summary>
public sealed unsafe class HuberLoss : Loss
{
    private readonly float _delta;

    /// <summary>Adds the loss to the graph.</summary>
    public HuberLoss(string name, Node prediction, Node label, Node weight, double delta = 1)
        : base(name, prediction, label, weight)
    {
        if (prediction.Width != 1) throw new ArgumentException($"loss '{name}' takes one float a row, not {prediction.Width}", nameof(prediction));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(delta);
        _delta = (float)delta;
    }

    internal double Delta => _delta;

    private protected override double Compute(float* slopes, Frame frame, Node label, Node weight) =>
        Losses.Huber(slopes, frame.Value(Prediction), frame.Value(label), frame.Value(weight), frame.Rows, _delta);
}
