namespace Sundry.Simulator;

/// <summary>One table with its truth beside it, written row by row and counted.</summary>
internal sealed class SplitWriter : IDisposable
{
    private readonly Shop _shop;
    private readonly RowWriter _rows;
    private readonly RowWriter _truths;
    private (long Time, string Text) _clock;

    public SplitWriter(string folder, string table, string truth, Shop shop)
    {
        _shop = shop;
        _rows = new RowWriter(File.Create(Path.Combine(folder, table)));
        _truths = new RowWriter(File.Create(Path.Combine(folder, truth)));
        ImpressionTable.WriteHeader(_rows);
        TruthTable.WriteHeader(_truths);
    }

    public OutcomeCounts Counts { get; private set; } = new(0, 0, 0, 0, 0);

    public void Write(in Impression impression)
    {
        ImpressionTable.Write(_rows, impression, _shop, ref _clock);
        TruthTable.Write(_truths, impression.Id, impression.Truth);
        Counts = Counts.Add(impression.Outcome);
    }

    public void Dispose()
    {
        try
        {
            _rows.Dispose();
        }
        finally
        {
            _truths.Dispose();
        }
    }
}
