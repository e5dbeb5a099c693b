namespace Sundry.Compute;

/// <summary>An op whose trained weights are rows of a table.</summary>
internal interface ISparseOp
{
    Table Table { get; }

    /// <summary>Adds the gradients of the rows that the partition takes, in the order of the shard's rows.</summary>
    void Scatter(Frame frame, RowGradients into);
}
