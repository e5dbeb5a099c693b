namespace Sundry.Compute;

/// <summary>Poisson's negative log-likelihood of a count y from its log mean z: e^z − y z.</summary>
public sealed unsafe class PoissonLoss : Loss
{
    /// <summary>Adds the loss to the graph; labels are not negative.</summary>
    public PoissonLoss(string name, Node prediction, Node label, Node weight)
        : base(name, prediction, label, weight)
    {
        if (prediction.Width != 1) throw new ArgumentException($"loss '{name}' takes one float a row, not {prediction.Width}", nameof(prediction));
    }

    private protected override double Compute(float* slopes, Frame frame, Node label, Node weight) =>
        Losses.Poisson(slopes, frame.Value(Prediction), frame.Value(label), frame.Value(weight), frame.Rows);
}
