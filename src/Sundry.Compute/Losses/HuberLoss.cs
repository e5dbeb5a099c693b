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

    private protected override double Compute(float* slopes, Frame frame) =>
        Losses.Huber(slopes, frame.Value(Prediction), frame.Value(Label), frame.Value(Weight), frame.Rows, _delta);
}
