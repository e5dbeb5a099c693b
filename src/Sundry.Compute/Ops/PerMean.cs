namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>x / Σ share · x over the whole batch, [rows, 1]: weights that mean 1 whatever their size. Zeros where the sum is 0; in inference x itself.</summary>
    /// <param name="share">[rows, 1]: each row's share of the mean.</param>
    /// <exception cref="ArgumentException">Either is wider than one float a row.</exception>
    public Node PerMean(Node share) => Width == 1 && share.Width == 1
        ? Graph.Add(new PerMeanOp(this, share))
        : throw new ArgumentException($"'{this}' and '{share}' must be one float a row");
}

/// <summary>y = x / M with M = Σ s x; dx = dy / M − s D / M², ds = −x D / M², with D = Σ dy x.</summary>
internal sealed unsafe class PerMeanOp(Node x, Node share) : Op(1, 1, [x, share])
{
    public override bool NeedsWholeBatch => true;

    // a shard's two sums, in double
    public override int SavedPerShard => 4;

    public override void Survey(Frame frame) => Sums(frame)[0] = Dot(frame, frame.Value(share));

    public override void Forward(Frame frame)
    {
        var sum = frame.Training ? Total(frame, 0) : 1;
        var scale = sum == 0 ? 0 : 1 / sum;
        for (var r = 0; r < frame.Rows; r++)
            frame.Value(Output)[r] = (float)(frame.Value(x)[r] * scale);
    }

    public override void SurveyBackward(Frame frame) => Sums(frame)[1] = Dot(frame, frame.Gradient(Output));

    public override void Backward(Frame frame)
    {
        var sum = Total(frame, 0);
        var scale = sum == 0 ? 0 : 1 / sum;
        var pull = Total(frame, 1) * scale * scale;
        var dx = frame.Contribute(x, out var add);
        for (var r = 0; dx is not null && r < frame.Rows; r++)
            dx[r] = (add ? dx[r] : 0) + (float)(frame.Gradient(Output)[r] * scale - frame.Value(share)[r] * pull);
        var ds = frame.Contribute(share, out add);
        for (var r = 0; ds is not null && r < frame.Rows; r++)
            ds[r] = (add ? ds[r] : 0) - (float)(frame.Value(x)[r] * pull);
    }

    private double Dot(Frame frame, float* with)
    {
        var sum = 0.0;
        for (var r = 0; r < frame.Rows; r++) sum += (double)frame.Value(x)[r] * with[r];
        return sum;
    }

    private double Total(Frame frame, int which)
    {
        var sum = 0.0;
        foreach (var peer in frame.Peers) sum += Sums(peer)[which];
        return sum;
    }

    private double* Sums(Frame frame) => (double*)frame.ShardSaved(this);
}
