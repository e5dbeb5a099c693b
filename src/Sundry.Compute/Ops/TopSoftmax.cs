namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>Softmax over the <paramref name="count"/> greatest of each group, of equal ones the first; the others are 0 and learn nothing from the row.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1.</exception>
    public Node TopSoftmax(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return count >= Width / Groups ? Softmax() : Graph.Add(new TopSoftmaxOp(this, count));
    }
}

/// <summary>y = exp(x) / Σ exp(x) over the greatest; else 0.</summary>
internal sealed unsafe class TopSoftmaxOp(Node x, int count) : Op(x.Width, x.Groups, [x])
{
    public int Count => count;

    private readonly int _group = x.Width / x.Groups;

    public override void Forward(Frame frame)
    {
        for (var i = 0; i < frame.Rows * Groups; i++)
            Forward(frame.Value(Output) + (long)i * _group, frame.Value(x) + (long)i * _group);
    }

    public override void Backward(Frame frame)
    {
        // where y is 0 the softmax's own gradient is 0
        var dx = frame.Contribute(x, out var add);
        if (dx is not null) Softmaxes.SoftmaxGradient(dx, frame.Gradient(Output), frame.Value(Output), frame.Rows * Groups, _group, add);
    }

    private void Forward(float* y, float* z)
    {
        Elementwise.Fill(y, 0, _group);
        var most = 0f;
        var sum = 0.0;
        for (var k = 0; k < count; k++)
        {
            var best = -1;
            for (var j = 0; j < _group; j++)
                if (y[j] == 0 && (best < 0 || z[j] > z[best]))
                    best = j;
            if (k == 0) most = z[best];
            // a chosen one must not be chosen again, however small its share
            y[best] = MathF.Max(MathF.Exp(z[best] - most), float.Epsilon);
            sum += y[best];
        }

        for (var j = 0; j < _group; j++) y[j] = (float)(y[j] / sum);
    }
}
