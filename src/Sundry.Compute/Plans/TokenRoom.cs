namespace Sundry.Compute;

/// <summary>What a shard computes about the tokens of one bag, and the memory that it does so in.</summary>
/// <param name="bag">The bag.</param>
/// <param name="ops">The ops whose rows are its tokens.</param>
/// <param name="training">Whether it is a shard in training.</param>
internal sealed class TokenRoom(BagNode bag, Op[] ops, bool training)
{
    public BagNode Bag => bag;

    public Op[] Ops => ops;

    /// <summary>Whether tokens of the shard's own rows are computed.</summary>
    public bool Own { get; } = ops.Any(op => op is not OnceOp && !op.IsIdentity(training));

    /// <summary>Whether tokens of the batch's first row are, for all rows.</summary>
    public bool First { get; } = ops.Any(op => op is OnceOp);

    /// <summary>Tokens that there is room for.</summary>
    public int Capacity { get; set; }

    public AlignedBlock? Block { get; set; }
}
