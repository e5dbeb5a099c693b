namespace Sundry.Compute;

/// <summary>
/// One operation of a graph: its shape rule is its constructor, its arithmetic is <see cref="Forward"/> and <see cref="Backward"/>, which
/// work on the rows of one shard. An op that needs the whole batch sets <see cref="NeedsWholeBatch"/> and leaves what its shard knows in
/// <see cref="Survey"/>; every shard has done so before any goes on. A plan may run another op in its place (<see cref="Fusion"/>, <see cref="Sharing"/>).
/// </summary>
internal abstract class Op
{
    protected Op(int width, int groups, ReadOnlySpan<Node> inputs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (width % groups != 0)
            throw new ArgumentException($"a width of {width} cannot be divided into {groups} equal groups");
        Width = width;
        Groups = groups;
        Inputs = inputs.ToArray();
    }

    public int Width { get; }

    public int Groups { get; }

    public Node[] Inputs { get; }

    /// <summary>The bag whose ids its rows are, one each; null where they are those of the batch. <see cref="Frame"/> counts rows accordingly while the op runs.</summary>
    public virtual BagNode? Tokens => Inputs.Length == 0 ? null : Inputs[0].Tokens;

    /// <summary>Whether its inputs may have other rows than it has itself: tokens of its rows, or the rows of its tokens.</summary>
    public virtual bool CrossesLevels => false;

    /// <summary>Set by the graph that takes the op in.</summary>
    public Node Output { get; internal set; } = null!;

    /// <summary>The parameters that it reads.</summary>
    public virtual ReadOnlySpan<Parameter> Parameters => [];

    /// <summary>Floats a row that Forward leaves for Backward.</summary>
    public virtual int SavedPerRow => 0;

    /// <summary>Floats a shard, whatever its rows, that Forward leaves for Backward.</summary>
    public virtual int SavedPerShard => 0;

    public virtual bool NeedsWholeBatch => false;

    /// <summary>Whether its shards meet between <see cref="Survey"/> and <see cref="Forward"/>; else there is no survey.</summary>
    public virtual bool Meets(bool training) => training && NeedsWholeBatch;

    /// <summary>Whether gradients flow through it to something trained.</summary>
    public virtual bool NeedsGradient
    {
        get
        {
            foreach (var parameter in Parameters)
                if (parameter.Trainable)
                    return true;
            return Inputs.Any(i => i.NeedsGradient);
        }
    }

    /// <summary>What it packs once a step for all shards, or null.</summary>
    public virtual IPacked? Packed => null;

    /// <summary>Whether its value is its first input's, so that it needs no memory of its own.</summary>
    public virtual bool IsIdentity(bool training) => false;

    /// <summary>Before Forward, with a barrier between, for ops whose shards meet.</summary>
    public virtual void Survey(Frame frame)
    {
    }

    /// <summary>output = f(inputs).</summary>
    public abstract void Forward(Frame frame);

    /// <summary>Before Backward, with a barrier between, for ops that need the whole batch.</summary>
    public virtual void SurveyBackward(Frame frame)
    {
    }

    /// <summary>Adds to the gradients of inputs and parameters what the gradient of the output says.</summary>
    public abstract void Backward(Frame frame);
}
