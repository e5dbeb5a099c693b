namespace Sundry.Compute;

/// <summary>Categorical cross-entropy from logits, a share ε of the label spread over all classes: log Σ exp z − (1 − ε) z[y] − ε mean z (Szegedy et al., 2016).</summary>
public sealed unsafe class SmoothedCrossEntropy : Loss
{
    private readonly double _smoothing;

    /// <summary>Adds the loss to the graph; the prediction holds one logit a class.</summary>
    /// <param name="name">The task's name.</param>
    /// <param name="prediction">[rows, classes].</param>
    /// <param name="label">Input: the class's index.</param>
    /// <param name="weight">Input: the weight of each row.</param>
    /// <param name="smoothing">ε.</param>
    public SmoothedCrossEntropy(string name, Node prediction, Node label, Node weight, double smoothing)
        : base(name, prediction, label, weight)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(smoothing);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(smoothing, 1);
        _smoothing = smoothing;
    }

    // cross-entropy, then what the smoothing changes of it: ε (z[y] − mean z)
    private protected override double Compute(float* slopes, Frame frame, Node label, Node weight)
    {
        var classes = Prediction.Width;
        var total = Losses.CrossEntropy(slopes, frame.Value(Prediction), frame.Value(label), frame.Value(weight), frame.Rows, classes);
        for (var r = 0; r < frame.Rows; r++)
        {
            double counts = frame.Value(weight)[r];
            if (counts == 0) continue;
            var z = frame.Value(Prediction) + (long)r * classes;
            var right = (int)frame.Value(label)[r];
            var sum = 0.0;
            for (var c = 0; c < classes; c++) sum += z[c];
            total += counts * _smoothing * (z[right] - sum / classes);
            var share = (float)(counts * _smoothing);
            for (var c = 0; c < classes; c++) slopes[(long)r * classes + c] -= share / classes;
            slopes[(long)r * classes + right] += share;
        }

        return total;
    }
}
