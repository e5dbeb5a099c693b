namespace Sundry.Compute;

/// <summary>An op that looks up the ids of a bag.</summary>
internal interface IBagOp
{
    Table Table { get; }

    BagNode Bag { get; }
}
