namespace Sundry.Compute;

/// <summary>Binary cross-entropy from a logit: softplus(z) − y z.</summary>
public sealed unsafe class BinaryCrossEntropy : Loss
{
    /// <summary>Adds the loss to the graph; labels are 0 or 1 (or between).</summary>
    public BinaryCrossEntropy(string name, Node prediction, Node label, Node weight)
        : base(name, prediction, label, weight)
    {
        if (prediction.Width != 1) throw new ArgumentException($"loss '{name}' takes one float a row, not {prediction.Width}", nameof(prediction));
    }

    private protected override double Compute(float* slopes, Frame frame, Node label, Node weight) =>
        Losses.BinaryCrossEntropy(slopes, frame.Value(Prediction), frame.Value(label), frame.Value(weight), frame.Rows);
}
