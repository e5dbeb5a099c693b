using System.Runtime.CompilerServices;

namespace Sundry.Compute;

/// <summary>How the embeddings of a bag become one.</summary>
public enum PoolingMode
{
    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>The greatest of each component; of equal ones the first.</summary>
    Max,
}

/// <summary>y = the pooled embeddings of a bag, each times its weight where the bag has weights; zeros for an empty one.</summary>
internal sealed unsafe class PoolOp(Table table, BagNode bag, PoolingMode mode) : Op(table.Width, 1, []), ISparseOp, IBagOp
{
    public PoolingMode Mode => mode;

    public Table Table => table;

    public BagNode Bag => bag;

    public override bool NeedsGradient => true;

    // the place in the bag that each component's greatest came from
    public override int SavedPerRow => mode == PoolingMode.Max ? Width : 0;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(Frame frame)
    {
        var offsets = frame.BagOffsets(bag);
        var ids = frame.BagIds(bag);
        var weights = frame.BagWeights(bag);
        for (var row = 0; row < frame.Rows; row++)
        {
            var y = frame.Value(Output) + (long)row * Width;
            Elementwise.Fill(y, 0, Width);
            if (mode == PoolingMode.Max)
            {
                Greatest(frame, y, (int*)frame.Saved(this) + (long)row * Width, offsets[row], offsets[row + 1], ids);
                continue;
            }

            if (weights is not null)
            {
                for (var i = offsets[row]; i < offsets[row + 1]; i++)
                    EmbeddingRow.Add(y, frame.Store.RowPointer(table, ids[i]), weights[i], Width);
                continue;
            }

            for (var i = offsets[row]; i < offsets[row + 1]; i++)
                Elementwise.AddTo(y, frame.Store.RowPointer(table, ids[i]), Width);
            var scale = Share(offsets[row + 1] - offsets[row]);
            if (scale != 1) Elementwise.ScaleTo(y, y, scale, Width);
        }
    }

    public override void Backward(Frame frame)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Scatter(Frame frame, RowGradients into)
    {
        var offsets = frame.BagOffsets(bag);
        var ids = frame.BagIds(bag);
        var weights = frame.BagWeights(bag);
        for (var row = 0; row < frame.Rows; row++)
        {
            var dy = frame.Gradient(Output) + (long)row * Width;
            var share = Share(offsets[row + 1] - offsets[row]);
            for (var i = offsets[row]; i < offsets[row + 1]; i++)
            {
                if (!into.Takes(ids[i])) continue;
                if (mode != PoolingMode.Max)
                {
                    into.Add(ids[i], dy, weights is null ? share : weights[i]);
                    continue;
                }

                var slot = into.Slot(ids[i]);
                var from = (int*)frame.Saved(this) + (long)row * Width;
                for (var j = 0; j < Width; j++)
                    if (from[j] == i)
                        slot[j] += dy[j];
            }
        }
    }

    private float Share(int count) => mode == PoolingMode.Mean && count > 0 ? 1f / count : 1;

    private void Greatest(Frame frame, float* y, int* from, int start, int end, int* ids)
    {
        for (var j = 0; j < Width; j++) from[j] = -1;
        for (var i = start; i < end; i++)
        {
            var row = frame.Store.RowPointer(table, ids[i]);
            for (var j = 0; j < Width; j++)
            {
                if (i > start && !(row[j] > y[j])) continue;
                y[j] = row[j];
                from[j] = i;
            }
        }
    }
}
