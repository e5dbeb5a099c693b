namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>
    /// The logit of both of two events, from the logit of one and the logit of the other given the one: logit(σ(x) σ(y)). Cross-entropy on it is
    /// that of the product of the two probabilities, without ever taking the logarithm of a small difference.
    /// </summary>
    public Node And(Node other) => Graph.Add(new AndOp(this, Same(other)));
}

/// <summary>z = s − log(1 − eˢ), with s = log σ(x) + log σ(y); dz/dx = (1 − σ(x)) / (1 − σ(x) σ(y)).</summary>
internal sealed unsafe class AndOp(Node x, Node y) : Op(x.Width, x.Groups, [x, y])
{
    // above it 1 − eˢ is nearer to −s than to 1
    private const double MinusLogTwo = -0.6931471805599453;

    public override void Forward(Frame frame)
    {
        var z = frame.Value(Output);
        for (var i = 0; i < frame.Rows * Width; i++)
        {
            var s = LogBoth(frame, i);
            z[i] = (float)(s - (s > MinusLogTwo ? Math.Log(-Expm1(s)) : Log1p(-Math.Exp(s))));
        }
    }

    public override void Backward(Frame frame)
    {
        Give(frame, x);
        Give(frame, y);
    }

    private void Give(Frame frame, Node input)
    {
        var dx = frame.Contribute(input, out var add);
        if (dx is null) return;
        var dz = frame.Gradient(Output);
        var value = frame.Value(input);
        for (var i = 0; i < frame.Rows * Width; i++)
        {
            var slope = (float)(Math.Exp(-Softplus(value[i])) / -Expm1(LogBoth(frame, i)));
            dx[i] = (add ? dx[i] : 0) + dz[i] * slope;
        }
    }

    // never quite 0, where two certainties would have an infinite logit
    private double LogBoth(Frame frame, int i) => Math.Min(-Softplus(-frame.Value(x)[i]) - Softplus(-frame.Value(y)[i]), -1e-300);

    private static double Softplus(double v) => Math.Max(v, 0) + Log1p(Math.Exp(-Math.Abs(v)));

    // Kahan's: the error of the rounded argument cancels
    private static double Log1p(double v)
    {
        var u = 1 + v;
        return u == 1 ? v : Math.Log(u) * v / (u - 1);
    }

    private static double Expm1(double v)
    {
        var u = Math.Exp(v);
        if (u == 1) return v;
        return u - 1 == -1 ? -1 : (u - 1) * v / Math.Log(u);
    }
}
