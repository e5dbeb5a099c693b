namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>
    /// The probability of each of 2ᵐ numbers whose m bits are 1 with the probabilities of a group: Π_j x_j or 1 − x_j.
    /// [rows, groups, m] → [rows, groups, 2ᵐ]; the first bit is the lowest.
    /// </summary>
    /// <exception cref="ArgumentException">There are more than 10 bits.</exception>
    public Node Codes() => Width / Groups <= 10
        ? Graph.Add(new CodesOp(this))
        : throw new ArgumentException($"'{this}' has more than 10 bits a group");
}

/// <summary>y_i = Π_j (bit j of i ? x_j : 1 − x_j).</summary>
internal sealed unsafe class CodesOp(Node x) : Op(x.Groups << (x.Width / x.Groups), x.Groups, [x])
{
    private readonly int _bits = x.Width / x.Groups;

    public override void Forward(Frame frame)
    {
        var codes = 1 << _bits;
        for (var i = 0; i < frame.Rows * Width; i++)
            frame.Value(Output)[i] = Product(frame.Value(x) + (long)(i / codes) * _bits, i % codes, -1);
    }

    public override void Backward(Frame frame)
    {
        var dx = frame.Contribute(x, out var add);
        if (dx is null) return;
        var codes = 1 << _bits;
        for (var g = 0; g < frame.Rows * Groups; g++)
        {
            var p = frame.Value(x) + (long)g * _bits;
            var dy = frame.Gradient(Output) + (long)g * codes;
            for (var j = 0; j < _bits; j++)
            {
                var d = 0f;
                for (var c = 0; c < codes; c++)
                    d += dy[c] * Product(p, c, j) * ((c >> j & 1) == 1 ? 1 : -1);
                var at = (long)g * _bits + j;
                dx[at] = add ? dx[at] + d : d;
            }
        }
    }

    private float Product(float* p, int code, int without)
    {
        var product = 1f;
        for (var j = 0; j < _bits; j++)
            if (j != without)
                product *= (code >> j & 1) == 1 ? p[j] : 1 - p[j];
        return product;
    }
}
