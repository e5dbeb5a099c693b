using Sundry.Data;

namespace Sundry.Training;

/// <summary>The batches of one epoch.</summary>
/// <param name="table">The training rows.</param>
/// <param name="draw">Which of them make up each batch.</param>
/// <param name="batchRows">The most rows of a batch.</param>
/// <param name="ahead">
/// Whether the next batch is read while the present one is learned. It pays where a processor is idle; where all of them learn, a reader only
/// gets in the workers' way.
/// </param>
/// <param name="spread">Where the batch is not read ahead: divides so many rows among the threads that will learn from them; null reads them on one.</param>
internal sealed class BatchFeed(EncodedTable table, IRowDraw draw, int batchRows, bool ahead = true, Action<int, Action<int, int>>? spread = null)
{
    private readonly Batch[] _batches = [new(table.Layout, batchRows), new(table.Layout, batchRows)];
    private Action<int, int>? _fillPart;
    private int _step;

    /// <summary>Runs <paramref name="learn"/> over the batches of <paramref name="epoch"/>.</summary>
    public void Run(ulong seed, int epoch, Action<Batch> learn, CancellationToken cancel)
    {
        draw.Draw(seed, epoch);
        var steps = draw.Steps(epoch);
        if (!ahead)
        {
            for (var step = 0; step < steps; step++)
            {
                cancel.ThrowIfCancellationRequested();
                Fill(step);
                learn(_batches[step % 2]);
            }

            return;
        }

        var next = Read(0);
        try
        {
            for (var step = 0; step < steps; step++)
            {
                cancel.ThrowIfCancellationRequested();
                next.GetAwaiter().GetResult();
                if (step + 1 < steps) next = Read(step + 1);
                learn(_batches[step % 2]);
            }
        }
        finally
        {
            // the table may be closed as soon as this returns
            next.ContinueWith(static _ => { }, TaskScheduler.Default).GetAwaiter().GetResult();
        }
    }

    private Task Read(int step) => Task.Run(() => Fill(step));

    private void Fill(int step)
    {
        var rows = draw.Batch(step);
        if (ahead || spread is null)
        {
            table.Fill(_batches[step % 2], rows);
            return;
        }

        _step = step;
        spread(rows.Length, _fillPart ??= FillPart);
    }

    private void FillPart(int first, int count) => table.Fill(_batches[_step % 2], draw.Batch(_step), first, count);
}
