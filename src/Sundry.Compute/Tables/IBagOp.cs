namespace Sundry.Compute;

/// <summary>An op that looks up the ids of a bag.</summary>
internal interface IBagOp : ISparseOp
{
    BagNode Bag { get; }
}
