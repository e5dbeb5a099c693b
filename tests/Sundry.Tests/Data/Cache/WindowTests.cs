using Sundry.Data;

namespace Sundry.Tests;

/// <summary>Bags whose rows are windows into one stream.</summary>
public sealed class WindowTests : IDisposable
{
    private const int Rows = 500;
    private const int Stream = 300;

    private static readonly Layout Columns = new(
        [new IdField("a", "a", 1000, null)],
        [
            new BagField("set", "set", 1000, null, Pooling.Mean),
            new BagField("h", "h", 1000, null, Pooling.Mean) { Length = 20, Window = "h" },
            new BagField("h:age", "h", RowWindow.AgeRows, null, Pooling.Mean) { Length = 20, Window = "h", Ages = true },
        ],
        [],
        [new TaskSchema("t", TaskType.Regression, [], 1, "", 1, "", null, 1)]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Windows_may_overlap_and_ages_are_the_rows_own()
    {
        Write(Window);
        using var table = EncodedTable.Open(_folder.Path("t"), Columns);
        var batch = new Batch(Columns, 64);
        var random = new Random(1);
        for (int round = 0; round < 20; round++)
        {
            var rows = Enumerable.Range(0, 64).Select(_ => random.Next(Rows)).ToArray();
            table.Fill(batch, rows);
            for (int i = 0; i < rows.Length; i++)
            {
                var (start, end, time) = Window(rows[i]);
                Assert.Equal([rows[i] % 7], Ids(batch, 0, i));
                Assert.Equal(Enumerable.Range(start, end - start).Select(entry => entry * 3), Ids(batch, 1, i));
                Assert.Equal(Enumerable.Range(start, end - start).Select(entry => RowWindow.Age(time, (uint)(1000 + entry))), Ids(batch, 2, i));
            }
        }
    }

    [Fact]
    public void A_window_that_lies_outside_the_stream_is_refused()
    {
        Write(row => row == 77 ? new RowWindow(Stream - 1, Stream + 1, 5000) : Window(row));
        Assert.Equal("its windows are damaged", Assert.Throws<InvalidDataException>(() => EncodedTable.Open(_folder.Path("t"), Columns)).Message);
        Write(row => row == 499 ? new RowWindow(4, 3, 5000) : Window(row));
        Assert.Throws<InvalidDataException>(() => EncodedTable.Open(_folder.Path("t"), Columns));
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(10, 10, 1)]
    [InlineData(10, 9, 2)]
    [InlineData(10, 7, 3)]
    [InlineData(9, 10, 1)]
    [InlineData(uint.MaxValue, 0, RowWindow.AgeRows - 1)]
    public void Ages_are_powers_of_two_of_seconds(uint now, uint then, int age) => Assert.Equal(age, RowWindow.Age(now, then));

    private static int[] Ids(Batch batch, int bag, int row) => batch.BagIds[bag][batch.BagOffsets[bag][row]..batch.BagOffsets[bag][row + 1]];

    private static RowWindow Window(int row) => new(row % 90, row % 90 + row % 20, (uint)(1400 + row * 5));

    private void Write(Func<int, RowWindow> window)
    {
        using var writer = new EncodedTableWriter(_folder.Path("t"), Columns, Rows, [Rows, Stream, Stream]);
        writer.AppendStream(1, Enumerable.Range(0, Stream).Select(entry => entry * 3).ToArray());
        writer.AppendStream(2, Enumerable.Range(0, Stream).Select(entry => 1000 + entry).ToArray());
        for (int row = 0; row < Rows; row++)
        {
            writer.Append([row, 0, 0]);
            writer.AppendBag(0, [row % 7]);
            writer.AppendWindows(1, [window(row)]);
        }

        writer.Finish();
    }
}
