namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>
    /// How unequally a gate uses its experts over the whole batch, the same for every row: the squared coefficient of variation of Σ_rows x,
    /// Var / Mean² (Shazeer et al., 2017): [rows, 1]; 0 in inference.
    /// </summary>
    public Node Imbalance() => Graph.Add(new ImbalanceOp(this));
}

/// <summary>y = E Σ I² / (Σ I)² − 1 with I = the column sums of x; dx_e = 2 E (I_e − Σ I² / Σ I) / (Σ I)² · Σ dy.</summary>
internal sealed unsafe class ImbalanceOp(Node x) : Op(1, 1, [x])
{
    private readonly int _experts = x.Width;

    public override bool NeedsWholeBatch => true;

    // a shard's column sums in double, and its sum of dy
    public override int SavedPerShard => 2 * (_experts + 1);

    public override void Survey(Frame frame)
    {
        var sums = Sums(frame);
        for (var e = 0; e < _experts; e++) sums[e] = 0;
        for (var r = 0; r < frame.Rows; r++)
            for (var e = 0; e < _experts; e++)
                sums[e] += frame.Value(x)[(long)r * _experts + e];
    }

    public override void Forward(Frame frame)
    {
        var (sum, squares) = frame.Training ? Moments(frame) : default;
        Elementwise.Fill(frame.Value(Output), sum == 0 ? 0 : (float)(_experts * squares / (sum * sum) - 1), frame.Rows);
    }

    public override void SurveyBackward(Frame frame)
    {
        var sum = 0.0;
        for (var r = 0; r < frame.Rows; r++) sum += frame.Gradient(Output)[r];
        Sums(frame)[_experts] = sum;
    }

    public override void Backward(Frame frame)
    {
        var dx = frame.Contribute(x, out var add);
        if (dx is null) return;
        var (sum, squares) = Moments(frame);
        var dy = Column(frame, _experts);
        for (var e = 0; e < _experts; e++)
        {
            var d = sum == 0 ? 0 : (float)(dy * 2 * _experts * (Column(frame, e) - squares / sum) / (sum * sum));
            for (var r = 0; r < frame.Rows; r++)
            {
                var at = (long)r * _experts + e;
                dx[at] = add ? dx[at] + d : d;
            }
        }
    }

    private (double Sum, double Squares) Moments(Frame frame)
    {
        double sum = 0, squares = 0;
        for (var e = 0; e < _experts; e++)
        {
            var importance = Column(frame, e);
            sum += importance;
            squares += importance * importance;
        }

        return (sum, squares);
    }

    private double Column(Frame frame, int column)
    {
        var sum = 0.0;
        foreach (var peer in frame.Peers) sum += Sums(peer)[column];
        return sum;
    }

    private double* Sums(Frame frame) => (double*)frame.ShardSaved(this);
}
