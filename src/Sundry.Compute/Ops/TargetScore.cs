namespace Sundry.Compute;

/// <summary>
/// The attention of a deep interest network with one hidden layer, as a plan runs it: a layer on each token beside its row's target, Dice, and the weighted sum that is the token's score. Of all that
/// lies between, only the layer's own result is kept (<see cref="Fusion"/>).
/// </summary>
internal sealed unsafe class TargetScoreOp(TargetLinearOp layer, BatchNormOp norm, DiceOp dice, LinearOp score) : Op(1, 1, layer.Inputs), IPacked, ITokenGradient
{
    // the shard's sums beside those of the values themselves
    private const int T0 = 2, T1 = 3, T2 = 4, T3 = 5;

    private readonly Parameter[] _parameters = [.. layer.Parameters, .. norm.Parameters, .. dice.Parameters, .. score.Parameters];
    private readonly int _n = layer.Width;

    public override ReadOnlySpan<Parameter> Parameters => _parameters;

    public override bool CrossesLevels => true;

    public override bool NeedsWholeBatch => true;

    public override IPacked? Packed => this;

    // what the layer gives
    public override int SavedPerRow => _n;

    // the statistics, the normal's factor, and what flows through the statistics
    public override int SavedPerShard => NormStatistics.Length(_n) + 3 * (int)AlignedBlock.Round(_n);

    /// <summary>The op in whose place and of those before it one can stand; null where it does not end such a chain, or others read what is within.</summary>
    /// <param name="last">The op that may be the score.</param>
    /// <param name="plan">The ops of a plan by node, as far as they are chosen.</param>
    /// <param name="readers">How many read each node.</param>
    public static TargetScoreOp? Of(Op last, Op?[] plan, int[] readers)
    {
        if (last is not LinearOp { Width: 1, Tokens: not null } score || score.Activated != Activated.Not || score.Bias is null) return null;
        if (At(score.Inputs[0], 1) is not DiceOp dice || At(dice.Inputs[1], 1) is not BatchNormOp norm || At(dice.Inputs[0], 2) is not TargetLinearOp layer) return null;
        if (norm.Inputs[0] != dice.Inputs[0] || norm.Activated != Activated.Not || norm.Scale.Trainable || norm.Shift.Trainable) return null;
        plan[score.Inputs[0].Index] = plan[dice.Inputs[0].Index] = plan[dice.Inputs[1].Index] = null;
        return new TargetScoreOp(layer, norm, dice, score) { Output = score.Output };

        Op? At(Node node, int most) => readers[node.Index] == most ? plan[node.Index] : null;
    }

    public long PackedLength(bool training) => layer.PackedLength(training);

    public void Pack(float* packed, float* weights, bool training, int part, int parts) => layer.Pack(packed, weights, training, part, parts);

    public override void Survey(Frame frame) => layer.Forward(frame, frame.Packed[Output.Index], frame.Saved(this), Sums(frame, 0), Sums(frame, 1));

    public override void Forward(Frame frame)
    {
        if (!frame.Training) layer.Forward(frame, frame.Packed[Output.Index], frame.Saved(this), null, null);
        NormStatistics.Settle(frame, this, _n, norm.RunningMean, norm.RunningVariance);
        Elementwise.Multiply(Factor(frame), NormStatistics.Reciprocal(frame, this, _n), frame.Weights(norm.Scale), _n);
        Activations.DiceScore(frame.Value(Output), frame.Saved(this), Columns(frame), *frame.Weights(score.Bias!), frame.Rows, _n);
    }

    public override void SurveyBackward(Frame frame)
    {
        for (var which = T0; which <= T3; which++) new Span<double>(Sums(frame, which), _n).Clear();
        Activations.DiceScoreSums(Sums(frame, T0), Sums(frame, T1), Sums(frame, T2), Sums(frame, T3), frame.Gradient(Output), frame.Saved(this), Columns(frame), frame.Rows, _n);
    }

    public override void Backward(Frame frame)
    {
        var dslope = frame.ContributeCleared(dice.Slope);
        var dweight = frame.ContributeCleared(score.Weight);
        float* slope = frame.Weights(dice.Slope), weight = frame.Weights(score.Weight), factor = Factor(frame), reciprocal = NormStatistics.Reciprocal(frame, this, _n);
        // a batch of one row was normalised by constants: nothing flows through its statistics
        var share = frame.BatchRows > 1 ? 1.0 / frame.BatchRows : 0;
        for (var c = 0; c < _n; c++)
        {
            var (t0, t1) = (Sums(frame, T0)[c], Sums(frame, T1)[c]);
            dweight[c] += (float)(slope[c] * t0 + (1 - slope[c]) * t1);
            dslope[c] += (float)(weight[c] * (t0 - t1));
            var rise = share * weight[c] * (1 - slope[c]) * factor[c];
            Level(frame)[c] = (float)(rise * NormStatistics.Total(frame, this, _n, T2, c));
            Tilt(frame)[c] = (float)(rise * reciprocal[c] * reciprocal[c] * NormStatistics.Total(frame, this, _n, T3, c));
        }

        Elementwise.AddBiasGradient(frame.Contribute(score.Bias!, out var add), frame.Gradient(Output), 1, frame.Rows, 1, add);
        var offsets = frame.Offsets(Tokens!);
        var most = 0;
        for (var r = 0; r < frame.Sequences; r++) most = Math.Max(most, offsets[r + 1] - offsets[r]);
        layer.Backward(frame, frame.Packed[Output.Index], null, most, this);
    }

    public void Fill(Frame frame, float* dy, float* sums, int first, int count) =>
        Activations.DiceScoreGradient(dy, sums, frame.Gradient(Output) + first, frame.Saved(this) + (long)first * _n, Columns(frame), Level(frame), Tilt(frame), count, _n);

    private DiceColumns Columns(Frame frame) => new(NormStatistics.Mean(frame, this, _n), Factor(frame), frame.Weights(norm.Shift), frame.Weights(dice.Slope), frame.Weights(score.Weight));

    private double* Sums(Frame frame, int which) => NormStatistics.Sums(frame, this, _n, which);

    private float* Factor(Frame frame) => frame.ShardSaved(this) + NormStatistics.Length(_n);

    private float* Level(Frame frame) => Factor(frame) + AlignedBlock.Round(_n);

    private float* Tilt(Frame frame) => Level(frame) + AlignedBlock.Round(_n);
}
