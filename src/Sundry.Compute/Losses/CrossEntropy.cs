namespace Sundry.Compute;

/// <summary>Categorical cross-entropy from logits: log Σ exp z − z[y], with y the class's index.</summary>
public sealed unsafe class CrossEntropy : Loss
{
    /// <summary>Adds the loss to the graph; the prediction holds one logit a class.</summary>
    public CrossEntropy(string name, Node prediction, Node label, Node weight)
        : base(name, prediction, label, weight)
    {
    }

    private protected override double Compute(float* slopes, Frame frame, Node label, Node weight) =>
        Losses.CrossEntropy(slopes, frame.Value(Prediction), frame.Value(label), frame.Value(weight), frame.Rows, Prediction.Width);
}
