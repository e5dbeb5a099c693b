namespace Sundry.Compute;

/// <summary>Squared error: (z − y)².</summary>
public sealed unsafe class SquaredError : Loss
{
    /// <summary>Adds the loss to the graph.</summary>
    public SquaredError(string name, Node prediction, Node label, Node weight)
        : base(name, prediction, label, weight)
    {
        if (prediction.Width != 1) throw new ArgumentException($"loss '{name}' takes one float a row, not {prediction.Width}", nameof(prediction));
    }

    private protected override double Compute(float* slopes, Frame frame, Node label, Node weight) =>
        Losses.SquaredError(slopes, frame.Value(Prediction), frame.Value(label), frame.Value(weight), frame.Rows);
}
