using System.Text;
using Sundry.Data;

namespace Sundry.Tests;

public sealed class TableWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_reads_back_as_the_same()
    {
        string[] fields = ["plain", "with,comma", "with \"quotes\"", "two\nlines", " outer ", "", "é"];
        using (var writer = new TableWriter(File.Create(_folder.Path("t.csv"))))
        {
            for (int i = 0; i < fields.Length; i++) writer.Field($"c{i}");
            writer.EndRow();
            foreach (var field in fields) writer.Field(field);
            writer.EndRow();
        }

        using var reader = TableReader.Open([_folder.Path("t.csv")], new ReadOptions { Format = TableFormat.Csv });
        Assert.True(reader.Read());
        for (int i = 0; i < fields.Length; i++) Assert.Equal(fields[i], reader.Current.Text(i));
        Assert.False(reader.Read());
    }

    [Fact]
    public void Numbers_are_short_and_read_back_as_the_same()
    {
        using var stream = new MemoryStream();
        using (var writer = new TableWriter(stream, leaveOpen: true))
        {
            writer.Field(0.1f);
            writer.Field(float.NaN);
            writer.Field(1e-7f);
            writer.EndRow();
        }

        Assert.Equal("0.1,,1E-07\n", Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public void A_list_of_a_read_row_is_joined()
    {
        using var reader = TableReader.Open([_folder.Write("t.jsonl", "{\"a\": [\"x\", \"y\"], \"b\": 1}\n")]);
        Assert.True(reader.Read());
        using var stream = new MemoryStream();
        using (var writer = new TableWriter(stream, leaveOpen: true))
        {
            writer.Fields(reader.Current);
            writer.EndRow();
        }

        Assert.Equal("x|y,1\n", Encoding.UTF8.GetString(stream.ToArray()));
    }
}
