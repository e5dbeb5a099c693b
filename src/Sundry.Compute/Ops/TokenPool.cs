namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>From the tokens of each row one value: [tokens, width] → [rows, width]; zeros for a row without tokens.</summary>
    /// <exception cref="ArgumentException">Its rows are those of the batch already.</exception>
    public Node PoolTokens(TokenPooling mode) => Graph.Add(new TokenPoolOp(OfTokens(), mode));

    private Node OfTokens() => Tokens is not null ? this : throw new ArgumentException($"'{this}' has no tokens: its rows are those of the batch");
}

/// <summary>How the tokens of a row become one value.</summary>
public enum TokenPooling
{
    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>The last of them: of a history the newest.</summary>
    Last,

    /// <summary>The first of them: of a text the mark that it begins with.</summary>
    First,
}

/// <summary>y_r = Σ x_t, their mean, or the last or first x_t over the tokens t of row r.</summary>
internal sealed unsafe class TokenPoolOp(Node x, TokenPooling mode) : Op(x.Width, x.Groups, [x])
{
    private readonly BagNode _tokens = x.Tokens!;

    public TokenPooling Mode => mode;

    public override BagNode? Tokens => null;

    public override bool CrossesLevels => true;

    public override void Forward(Frame frame)
    {
        var offsets = frame.Offsets(_tokens);
        for (var r = 0; r < frame.Rows; r++)
        {
            var y = frame.Value(Output) + (long)r * Width;
            Elementwise.Fill(y, 0, Width);
            var (first, end) = Part(offsets, r);
            for (var t = first; t < end; t++) Elementwise.AddTo(y, frame.Value(x) + (long)t * Width, Width);
            if (mode == TokenPooling.Mean && end > first + 1) Elementwise.ScaleTo(y, y, 1f / (end - first), Width);
        }
    }

    public override void Backward(Frame frame)
    {
        var dx = frame.Contribute(x, out var add);
        if (dx is null) return;
        var offsets = frame.Offsets(_tokens);
        if (!add) Elementwise.Fill(dx, 0, (long)(offsets[frame.Rows] - offsets[0]) * Width);
        for (var r = 0; r < frame.Rows; r++)
        {
            var (first, end) = Part(offsets, r);
            var share = mode == TokenPooling.Mean && end > first ? 1f / (end - first) : 1;
            for (var t = first; t < end; t++) Elementwise.AxpyTo(dx + (long)t * Width, frame.Gradient(Output) + (long)r * Width, share, Width);
        }
    }

    // the tokens that count
    private (int First, int End) Part(int* offsets, int row)
    {
        int first = offsets[row] - offsets[0], end = offsets[row + 1] - offsets[0];
        return mode switch
        {
            TokenPooling.Last => (Math.Max(first, end - 1), end),
            TokenPooling.First => (first, Math.Min(end, first + 1)),
            _ => (first, end),
        };
    }
}
