namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>
    /// In training mixes each row with its partner, λ x + (1 − λ) x', with one λ a step from Beta(α, α) (Zhang et al., 2018); else does nothing. Losses of the same
    /// rows follow by <see cref="Loss.MixLabels"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">α is negative.</exception>
    public Node Mixup(double alpha)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(alpha);
        return alpha == 0 ? this : Graph.Add(new MixupOp(this, alpha));
    }
}

/// <summary>
/// y_r = λ x_r + (1 − λ) x_p(r), and so the gradient. The rows of a shard are paired from both ends: they come shuffled, the partner of the partner is the row
/// itself, and no shard has to wait for another.
/// </summary>
internal sealed unsafe class MixupOp(Node x, double alpha) : Op(x.Width, x.Groups, [x])
{
    public override bool IsIdentity(bool training) => !training;

    /// <summary>The row that a row of the shard is mixed with.</summary>
    public static int Partner(Frame frame, int row) => frame.Rows - 1 - row;

    /// <summary>λ of the present step, the same in every shard and every op.</summary>
    public static double Share(Frame frame, double alpha) => Beta(CounterRandom.Derive(frame.Noise, "mixup"), alpha);

    public override void Forward(Frame frame)
    {
        if (frame.Training) Mix(frame, frame.Value(Output), frame.Value(x), add: false);
    }

    public override void Backward(Frame frame)
    {
        var dx = frame.Contribute(x, out var add);
        if (dx is not null) Mix(frame, dx, frame.Gradient(Output), add);
    }

    /// <summary>A number from Beta(α, α), by Jöhnk's rejection of U^(1/α) + V^(1/α) &gt; 1, in logarithms, which small α would else underflow.</summary>
    internal static double Beta(ulong seed, double alpha)
    {
        for (ulong draw = 0; ; draw += 2)
        {
            var u = Math.Log(1 - CounterRandom.Uniform(seed, draw)) / alpha;
            var v = Math.Log(1 - CounterRandom.Uniform(seed, draw + 1)) / alpha;
            var greater = Math.Max(u, v);
            if (greater + Math.Log(1 + Math.Exp(Math.Min(u, v) - greater)) <= 0) return 1 / (1 + Math.Exp(v - u));
        }
    }

    private void Mix(Frame frame, float* to, float* from, bool add)
    {
        var share = Share(frame, alpha);
        for (var row = 0; row < frame.Rows; row++)
        {
            var target = to + (long)row * Width;
            if (add) Elementwise.AxpyTo(target, from + (long)row * Width, (float)share, Width);
            else Elementwise.ScaleTo(target, from + (long)row * Width, (float)share, Width);
            Elementwise.AxpyTo(target, from + (long)Partner(frame, row) * Width, (float)(1 - share), Width);
        }
    }
}
