using System.IO.Compression;
using System.Text;
using Sundry.Data;

namespace Sundry.Tests;

public sealed class TableReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a,b\n1,2\n3,4\n", "1|2;3|4")]
    [InlineData("a,b\r\n1,2\r\n3,4\r\n", "1|2;3|4")]
    [InlineData("a,b\n1,2\n3,4", "1|2;3|4")]
    [InlineData("a,b\r\n1,2\r\n3,4\r", "1|2;3|4")]
    [InlineData("\ufeffa,b\n1,2\n", "1|2")]
    [InlineData("a,b\n1,2\n\n  \n3,4\n\r\n\n", "1|2;3|4")]
    [InlineData("a,b\n 1 , 2\n", "1|2")]
    [InlineData("a,b\n,\n", "|")]
    [InlineData("a,b\n\"1,5\",\"x \"\n", "1,5|x ")]
    [InlineData("a,b\n\"say \"\"hi\"\"\",\"\"\n", "say \"hi\"|")]
    [InlineData("a,b\n\"\"\"\",\"two\nlines\"\nc,d\n", "\"|two\nlines;c|d")]
    [InlineData("a,b\n5\" pipe,it's\n", "5\" pipe|it's")]
    [InlineData("a,b\n \"q\" , x\n", "q|x")]
    [InlineData("a,b\n\"x\",\"y\"\r\n\"z\",\"w\"", "x|y;z|w")]
    [InlineData("a,b\n\"x\",\"y\"\r", "x|y")]
    [InlineData("\"a\",\"b\"\n1,2\n", "1|2")]
    [InlineData("a;b\n1,5;2\n2,5;3\n", "1,5|2;2,5|3")]
    [InlineData("a\tb\n1,5\t2\n", "1,5|2")]
    [InlineData("a|b\n1|2\n", "1|2")]
    [InlineData("a\n1\n2\n", "1;2")]
    public void Reads_what_RFC_4180_and_its_kin_write(string text, string rows)
    {
        var path = _folder.Write("t.csv", text);
        Assert.Equal(rows, Rows([path]));
    }

    [Fact]
    public void Rows_longer_than_the_window_and_marks_at_every_place_are_read()
    {
        // lengths around the width of a vector, and fields larger than the first window
        var random = new Random(7);
        var text = new StringBuilder("a,b,c\n");
        var expected = new List<string>();
        for (int row = 0; row < 400; row++)
        {
            var fields = new string[3];
            for (int i = 0; i < 3; i++)
            {
                int length = row == 200 ? 400_000 : random.Next(0, 70);
                fields[i] = string.Concat(Enumerable.Range(0, length).Select(_ => "xyz,\"\n é"[random.Next(8)]));
            }

            expected.Add(string.Join('|', fields));
            text.AppendJoin(',', fields.Select(f => $"\"{f.Replace("\"", "\"\"")}\"")).Append(row % 3 == 0 ? "\r\n" : "\n");
        }

        Assert.Equal(string.Join(';', expected), Rows([_folder.Write("t.csv", text.ToString())]));
    }

    [Fact]
    public void Lines_are_counted_over_line_ends_in_quotes()
    {
        var path = _folder.Write("t.csv", "a,b\n\"x\n\n\",1\ny,2\n\n\nz,3\n");
        using var reader = TableReader.Open([path]);
        var lines = new List<long>();
        while (reader.Read()) lines.Add(reader.Current.Line);
        Assert.Equal([2, 5, 8], lines);
    }

    [Fact]
    public void Gzip_is_known_by_its_bytes_and_may_have_several_members()
    {
        var bytes = Gzip("a,b\n1,2\n").Concat(Gzip("3,4\n")).ToArray();
        File.WriteAllBytes(_folder.Path("t.csv.gz"), bytes);
        File.WriteAllBytes(_folder.Path("u.csv"), bytes);
        Assert.Equal("1|2;3|4", Rows([_folder.Path("t.csv.gz")]));
        Assert.Equal("1|2;3|4", Rows([_folder.Path("u.csv")]));
    }

    [Fact]
    public void Files_without_a_header_take_given_names()
    {
        var path = _folder.Write("t.csv", "1,2\n3,4\n");
        var options = new ReadOptions { Header = false, Columns = ["x", "y"] };
        using var reader = TableReader.Open([path], options);
        Assert.Equal(["x", "y"], reader.Header);
        Assert.Equal("1|2;3|4", Rows([path], options));
        using var renamed = TableReader.Open([_folder.Write("u.csv", "a,b\n1,2\n")], new ReadOptions { Columns = ["x", "y"] });
        Assert.Equal(["x", "y"], renamed.Header);
    }

    [Fact]
    public void Several_files_are_one_table_in_the_first_ones_order()
    {
        _folder.Write("part-1.csv", "a,b\n1,2\n");
        _folder.Write("part-2.csv", "b,extra,a\n4,x,3\n");
        _folder.Write("part-3.csv", "a,b\n");
        var options = new ReadOptions { BaseDirectory = _folder.Root };
        Assert.Equal("1|2;3|4", Rows(["part-*.csv"], options));
        using var reader = TableReader.Open(["part-*.csv"], options);
        Assert.Equal(["part-1.csv", "part-2.csv", "part-3.csv"], reader.Files);
    }

    [Fact]
    public void Globs_reach_into_folders()
    {
        Directory.CreateDirectory(_folder.Path("x/y"));
        _folder.Write("x/1.csv", "a\n1\n");
        _folder.Write("x/y/2.csv", "a\n2\n");
        _folder.Write("3.csv", "a\n3\n");
        var options = new ReadOptions { BaseDirectory = _folder.Root };
        Assert.Equal("3;1;2", Rows(["**/*.csv"], options));
        Assert.Equal("1", Rows(["?/*.csv"], options));
        Assert.Equal("1;2", Rows(["x/**"], options));
    }

    [Fact]
    public void A_nameless_column_is_called_by_its_place()
    {
        using var reader = TableReader.Open([_folder.Write("t.csv", ",b\n0,1\n")]);
        Assert.Equal(["column_1", "b"], reader.Header);
    }

    [Fact]
    public void Bad_rows_are_skipped_counted_and_listed_where_asked()
    {
        var bytes = new List<byte>(Encoding.UTF8.GetBytes("a,b\n1,2\n3\n4,5,6\n"));
        bytes.AddRange([0xff, (byte)',', (byte)'1', (byte)'\n']);
        bytes.AddRange(Encoding.UTF8.GetBytes("7,\0\n\"8\"x,9\n10,11\n"));
        File.WriteAllBytes(_folder.Path("t.csv"), [.. bytes]);
        var options = new ReadOptions { SkipBadRows = true, BaseDirectory = _folder.Root };
        using var reader = TableReader.Open(["t.csv"], options);
        var rows = 0;
        while (reader.Read()) rows++;
        Assert.Equal(2, rows);
        Assert.Equal(7, reader.RowsRead);
        Assert.Equal(5, reader.Refused.Count);
        Assert.Equal([3, 4, 5, 6, 7], reader.Refused.First.Select(row => row.Line));
        Assert.StartsWith("column 1: the bytes are not UTF-8", reader.Refused.First[2].Reason, StringComparison.Ordinal);
        Assert.StartsWith("column 2: there is a NUL byte", reader.Refused.First[3].Reason, StringComparison.Ordinal);
        Assert.Equal(1, reader.Progress);
    }

    [Fact]
    public void An_early_end_of_reading_leaves_no_thread_waiting()
    {
        var text = "a,b\n" + string.Concat(Enumerable.Repeat("12345,67890\n", 400_000));
        var path = _folder.Write("t.csv", text);
        for (int i = 0; i < 20; i++)
        {
            using var reader = TableReader.Open([path]);
            Assert.True(reader.Read());
        }
    }

    internal static byte[] Gzip(string text)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return memory.ToArray();
    }

    internal static string Rows(IReadOnlyList<string> paths, ReadOptions? options = null)
    {
        using var reader = TableReader.Open(paths, options);
        var rows = new List<string>();
        while (reader.Read())
        {
            var row = reader.Current;
            var fields = new string[row.Count];
            for (int i = 0; i < fields.Length; i++) fields[i] = row.Text(i);
            rows.Add(string.Join('|', fields));
        }

        return string.Join(';', rows);
    }
}
