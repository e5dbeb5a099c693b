using Sundry.Data;

namespace Sundry.Tests;

public sealed class EncodedTableTests : IDisposable
{
    private static readonly Layout Columns = new(
        [new IdField("a", "a", 1000, null), new IdField("b", "b", 1000, null)],
        [new BagField("c", "c", 1000, null, Pooling.Mean)],
        ["d"],
        [new TaskSchema("t", TaskType.Regression, [], 1, "", 1, "", null, 1)]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Any_rows_come_back_as_they_were_written()
    {
        using var table = Table(5000);
        var batch = new Batch(Columns, 600);
        var random = new Random(1);
        for (int round = 0; round < 20; round++)
        {
            var rows = Enumerable.Range(0, random.Next(600)).Select(_ => random.Next(5000)).ToArray();
            table.Fill(batch, rows);
            Check(batch, rows);
            int start = random.Next(4400);
            table.Fill(batch, start, 600);
            Check(batch, [.. Enumerable.Range(start, 600)]);
        }

        var labels = new float[5000];
        table.ReadLabels(0, labels);
        var weights = new float[5000];
        table.ReadWeights(weights);
        for (int row = 0; row < 5000; row++) Assert.Equal((Label(row), Weight(row)), (labels[row], weights[row]));
    }

    [Fact]
    public void Rows_that_are_not_there_are_refused()
    {
        using var table = Table(10);
        var batch = new Batch(Columns, 5);
        Assert.Throws<ArgumentOutOfRangeException>(() => table.Fill(batch, 6, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => table.Fill(batch, -1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => table.Fill(batch, [3, 10]));
        Assert.Throws<ArgumentOutOfRangeException>(() => table.Fill(batch, [-1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => table.Fill(batch, 0, 6));
        var other = new Batch(Columns with { Numbers = [] }, 5);
        Assert.Throws<ArgumentException>(() => table.Fill(other, 0, 5));
    }

    [Fact]
    public void One_changed_byte_anywhere_is_noticed()
    {
        Table(40).Dispose();
        var path = _folder.Path("t");
        var bytes = File.ReadAllBytes(path);
        var sections = Sections();
        int noticed = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 0x10;
            File.WriteAllBytes(path, bytes);
            // between sections there is padding, which nothing reads
            if (sections.Any(section => i >= section.Start && i < section.End))
            {
                Assert.Throws<InvalidDataException>(() => EncodedTable.Open(path, Columns).Dispose());
                noticed++;
            }

            bytes[i] ^= 0x10;
        }

        Assert.InRange(noticed, 1000, bytes.Length);
    }

    [Fact]
    public void A_file_of_any_shorter_length_is_noticed()
    {
        Table(40).Dispose();
        var path = _folder.Path("t");
        var bytes = File.ReadAllBytes(path);
        for (int length = 0; length < bytes.Length; length += 7)
        {
            File.WriteAllBytes(path, bytes[..length]);
            Assert.Throws<InvalidDataException>(() => EncodedTable.Open(path, Columns).Dispose());
        }

        File.WriteAllBytes(path, [.. bytes, 0]);
        Assert.Throws<InvalidDataException>(() => EncodedTable.Open(path, Columns).Dispose());
    }

    [Fact]
    public void A_file_of_other_columns_is_noticed()
    {
        Table(40).Dispose();
        Refused(Columns with { Numbers = ["e"] });
        Refused(Columns with { Numbers = ["d", "e"] });
        Refused(Columns with { Ids = [Columns.Ids[0], Columns.Ids[1] with { Rows = 1001 }] });
        Refused(Columns with { Ids = [Columns.Ids[1], Columns.Ids[0]] });

        void Refused(Layout layout)
        {
            var error = Assert.Throws<InvalidDataException>(() => EncodedTable.Open(_folder.Path("t"), layout));
            Assert.Equal("it was made for other columns", error.Message);
        }
    }

    [Fact]
    public void An_unfinished_file_is_none()
    {
        using (var writer = new EncodedTableWriter(_folder.Path("u"), Columns, 10, [0])) writer.Append(new int[5]);
        Assert.Throws<InvalidDataException>(() => EncodedTable.Open(_folder.Path("u"), Columns));
    }

    [Fact]
    public void A_table_may_be_empty_of_ids_and_bags()
    {
        var layout = new Layout([], [], ["d"], Columns.Tasks);
        using (var writer = new EncodedTableWriter(_folder.Path("u"), layout, 2, []))
        {
            writer.Append([1, 2, 3]);
            writer.Append([4, 5, 6]);
            writer.Finish();
        }

        using var table = EncodedTable.Open(_folder.Path("u"), layout);
        var batch = new Batch(layout, 2);
        table.Fill(batch, [1, 0]);
        Assert.Equal([4, 1], batch.Numbers.Select(BitConverter.SingleToInt32Bits));
    }

    private static List<(long Start, long End)> Sections()
    {
        long ids = Enumerable.Range(0, 40).Sum(row => (long)Bag(row).Length);
        var format = EncodedTableFormat.Of(Columns, 40, [ids]);
        var sections = new List<(long, long)> { (0, format.HeaderLength) };
        for (int i = 0; i < format.Offsets.Length; i++) sections.Add((format.Offsets[i], format.Offsets[i] + format.Lengths[i]));
        return sections;
    }

    private static int[] Bag(int row) => [.. Enumerable.Range(0, row * 7 % 5).Select(i => (row + i) % 1000)];

    private static float Label(int row) => row * 0.5f;

    private static float Weight(int row) => 1 + row % 3;

    private static void Check(Batch batch, int[] rows)
    {
        Assert.Equal(rows.Length, batch.Count);
        for (int i = 0; i < rows.Length; i++)
        {
            int row = rows[i];
            Assert.Equal((row % 1000, row * 3 % 1000), (batch.Ids[i * 2], batch.Ids[i * 2 + 1]));
            Assert.Equal((row * 0.1f, Label(row), Weight(row)), (batch.Numbers[i], batch.Labels[i], batch.Weights[i]));
            Assert.Equal(Bag(row), batch.BagIds[0][batch.BagOffsets[0][i]..batch.BagOffsets[0][i + 1]]);
        }
    }

    private EncodedTable Table(int rows)
    {
        long ids = Enumerable.Range(0, rows).Sum(row => (long)Bag(row).Length);
        using (var writer = new EncodedTableWriter(_folder.Path("t"), Columns, rows, [ids]))
        {
            for (int row = 0; row < rows; row++)
            {
                writer.Append([row % 1000, row * 3 % 1000, BitConverter.SingleToInt32Bits(row * 0.1f), BitConverter.SingleToInt32Bits(Label(row)), BitConverter.SingleToInt32Bits(Weight(row))]);
                writer.AppendBag(0, Bag(row));
            }

            writer.Finish();
        }

        return EncodedTable.Open(_folder.Path("t"), Columns);
    }
}
