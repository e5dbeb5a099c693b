namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>x plus a trained vector for the place of each token in its row: [tokens, width].</summary>
    /// <param name="name">Its parameter is called <c>name/position</c> [most, width].</param>
    /// <param name="most">Places that are told apart; tokens beyond share the last.</param>
    /// <param name="fromEnd">Whether places are counted from the last token, as if rows were filled up at their beginning: the newest is then at place 0 in every row.</param>
    /// <param name="initializer">First values; by default normal with deviation 0.02.</param>
    /// <exception cref="ArgumentException">Its rows are those of the batch.</exception>
    public Node AddPositions(string name, int most, bool fromEnd, Initializer? initializer = null) =>
        AddPositions(OfTokens().Graph.Parameter(name + "/position", most, Width, initializer ?? Initializer.Normal(0.02)), fromEnd);

    /// <summary>The same with a parameter that is there already, [most, width].</summary>
    public Node AddPositions(Parameter position, bool fromEnd) => Graph.Add(new PositionsOp(OfTokens(), position, fromEnd));
}

/// <summary>y_t = x_t + p[place of t].</summary>
internal sealed unsafe class PositionsOp(Node x, Parameter position, bool fromEnd) : Op(x.Width, x.Groups, [x])
{
    private readonly Parameter[] _parameters = [position];

    public bool FromEnd => fromEnd;

    public override ReadOnlySpan<Parameter> Parameters => _parameters;

    public override void Forward(Frame frame)
    {
        var offsets = frame.Offsets(Tokens!);
        var y = frame.Value(Output);
        var value = frame.Value(x);
        for (var r = 0; r < frame.Sequences; r++)
        {
            var count = offsets[r + 1] - offsets[r];
            for (var t = 0; t < count; t++, y += Width, value += Width)
                Elementwise.Add(y, value, frame.Weights(position) + Place(t, count) * Width, Width);
        }
    }

    public override void Backward(Frame frame)
    {
        var dp = frame.ContributeCleared(position);
        var offsets = frame.Offsets(Tokens!);
        var dy = frame.Gradient(Output);
        for (var r = 0; r < frame.Sequences; r++)
        {
            var count = offsets[r + 1] - offsets[r];
            for (var t = 0; t < count; t++, dy += Width)
                Elementwise.AddTo(dp + Place(t, count) * Width, dy, Width);
        }

        var dx = frame.Contribute(x, out var add);
        if (dx is null) return;
        if (add) Elementwise.AddTo(dx, frame.Gradient(Output), (long)frame.Rows * Width);
        else Elementwise.Copy(dx, frame.Gradient(Output), (long)frame.Rows * Width);
    }

    private long Place(int token, int count) => Math.Min(fromEnd ? count - 1 - token : token, position.Rows - 1);
}
