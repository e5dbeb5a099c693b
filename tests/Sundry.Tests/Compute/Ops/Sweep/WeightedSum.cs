using Sundry.Compute;

namespace Sundry.Tests;

/// <summary>Σ coefficient · value over all values of a node: a sink that seeds a node's gradient with given numbers.</summary>
internal sealed unsafe class WeightedSum(string name, Node y, Node coefficients)
    : Loss(name, y, y.Graph.Input($"{name}/label", 1), y.Graph.Input($"{name}/weight", 1))
{
    public Node Coefficients => coefficients;

    private protected override double Compute(float* slopes, Frame frame, Node label, Node weight)
    {
        var c = frame.Value(coefficients);
        var value = frame.Value(Prediction);
        var sum = 0.0;
        for (var i = 0; i < frame.Rows * Prediction.Width; i++)
        {
            sum += (double)c[i] * value[i];
            slopes[i] = c[i];
        }

        return sum;
    }
}
