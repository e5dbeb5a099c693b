using System.IO.Compression;
using System.Text;

namespace Sundry.Tests.Cli;

/// <summary>Every kind of wrong table, each refused in one sentence that says what, where and how to mend it, with nothing left behind.</summary>
[Collection(CommandLine.Name)]
public sealed class BadTableTests : IDisposable
{
    private const string Header = "user,price,buy,rate,kind,w";
    private const string Yaml = """
        data: {train: train.csv, weight: w}
        features: {user: categorical, price: numeric}
        tasks:
          buy: binary
          rate: regression
          kind: {type: multiclass, classes: [a, b, c]}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Line, its new text, and what the sentence has to hold; line 0 is the whole file.</summary>
    public static TheoryData<string, int, string, string[]> Lines => new()
    {
        { "ragged row, too short", 51, "u1,5,1", ["line 51", "3", "6"] },
        { "ragged row, too long", 51, "u1,5,1,2,a,1,extra", ["line 51", "7", "6"] },
        { "a quote never closed", 51, "\"u1,5,1,2,a,1", ["line 51", "quote"] },
        { "a number that is none", 51, "u1,5o,1,2,a,1", ["line 51", "column 2", "'5o'", "not a number"] },
        { "a number without end", 51, "u1,1e999,1,2,a,1", ["line 51", "column 2", "1e999"] },
        { "a binary label that is none", 51, "u1,5,maybe,2,a,1", ["line 51", "column 3", "'maybe'", "positive"] },
        { "a class that is not listed", 51, "u1,5,1,2,d,1", ["line 51", "column 5", "'d'", "classes"] },
        { "a regression label that is none", 51, "u1,5,1,two,a,1", ["line 51", "column 4", "'two'"] },
        { "a weight that is none", 51, "u1,5,1,2,a,heavy", ["line 51", "column 6", "'heavy'"] },
        { "a negative weight", 51, "u1,5,1,2,a,-1", ["line 51", "column 6", "-1"] },
        { "a duplicate column", 1, "user,price,buy,rate,price,w", ["line 1", "'price'", "twice"] },
        { "a label's column without a name", 1, "user,price,buy,,kind,w", ["'rate'", "column_4"] },
        { "a feature that is gone", 1, "user,prise,buy,rate,kind,w", ["train.csv: ", "'price'", "'prise'"] },
        { "a label that is gone", 1, "user,price,bye,rate,kind,w", ["train.csv: ", "'buy'", "'bye'"] },
        { "a weight column that is gone", 1, "user,price,buy,rate,kind,v", ["train.csv: ", "'w'"] },
        { "an empty file", 0, "", ["train.csv: ", "empty"] },
        { "a header without rows", 0, Header + "\n", ["train.csv: ", "no row"] },
        { "one row", 0, Header + "\nu1,5,1,2,a,1\n", ["validation"] },
        { "blank lines alone", 0, "\n\n\n", ["train.csv"] },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_table_that_cannot_be_used_is_refused(string what, int line, string text, string[] parts)
    {
        var lines = Table();
        if (line > 0) lines[line - 1] = text;
        Refused(what, Encoding.UTF8.GetBytes(line > 0 ? string.Join('\n', lines) + "\n" : text), parts);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused()
    {
        var lines = Table();
        lines[50] = "Köln,5,1,2,a,1";
        Refused("latin-1", Encoding.Latin1.GetBytes(string.Join('\n', lines)), ["train.csv line 51", "UTF-8"]);
        byte[] picture = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 0, 13];
        Refused("a picture", picture, ["train.csv", "UTF-8"]);
        Refused("UTF-16", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(string.Join('\n', Table()))], ["train.csv", "UTF-8"]);
    }

    [Fact]
    public void A_truncated_or_false_gzip_is_refused()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(Encoding.UTF8.GetBytes(string.Join('\n', Table())));
        var yaml = Yaml.Replace("train.csv", "train.csv.gz", StringComparison.Ordinal);
        Refused("cut in the middle", packed.ToArray()[..(int)(packed.Length / 2)], ["train.csv.gz", "gzip"], yaml, "train.csv.gz");
        Refused("cut by its last byte", packed.ToArray()[..(int)(packed.Length - 1)], ["train.csv.gz", "gzip"], yaml, "train.csv.gz");
        var flipped = packed.ToArray();
        flipped[^6] ^= 1;
        Refused("another checksum", flipped, ["train.csv.gz", "gzip"], yaml, "train.csv.gz");
    }

    [Theory]
    [InlineData("buy")]
    [InlineData("alone")]
    public void A_task_without_a_positive_row_is_refused(string name)
    {
        var lines = Table().Select(l => l.Replace(",1,", ",0,", StringComparison.Ordinal)).ToArray();
        var yaml = name == "buy" ? Yaml : "data: {train: train.csv}\nfeatures: {user: categorical}\ntasks: {alone: {type: binary, label: buy, where: price > 20}}\n";
        Refused("no positive", Encoding.UTF8.GetBytes(string.Join('\n', lines)), [$"'{name}'", "positive"], yaml);
    }

    [Fact]
    public void Files_that_are_none_are_refused()
    {
        _folder.Write("train.csv", string.Join('\n', Table()));
        Directory.CreateDirectory(_folder.Path("folder"));
        foreach (var (path, parts) in new[]
        {
            ("trian.csv", new[] { "trian.csv: ", "no such file", "'train.csv'" }),
            ("nowhere/train.csv", ["nowhere/train.csv: ", "no folder"]),
            ("folder", ["folder: ", "this is a folder"]),
            ("\"*.tsv\"", ["*.tsv: ", "no file matches"]),
        })
        {
            _folder.Write("sundry.yaml", Yaml.Replace("train.csv", path, StringComparison.Ordinal));
            Assert.All(parts, part => Assert.Contains(part, CommandLine.Refusal("prepare", "-c", _folder.Path("sundry.yaml")), StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Bad_rows_are_skipped_counted_and_listed_where_that_is_asked_for_but_not_most_of_them()
    {
        var lines = Table();
        lines[50] = "u1,5";
        lines[60] = "u1,none,1,2,a,1";
        lines[70] = "u1,5,1,2,z,1";
        _folder.Write("train.csv", string.Join('\n', lines) + "\n");
        _folder.Write("sundry.yaml", Yaml);
        string[] skip = ["prepare", "-c", _folder.Path("sundry.yaml"), "--set", "data.on_bad_row=skip"];
        var (code, output, error) = CommandLine.Run([.. skip, "--json"]);
        Assert.True(code == 0, error);
        using var summary = System.Text.Json.JsonDocument.Parse(output);
        Assert.Equal(3, summary.RootElement.GetProperty("rows_refused").GetInt64());
        var refused = summary.RootElement.GetProperty("refused").EnumerateArray().Select(r => (r.GetProperty("line").GetInt64(), r.GetProperty("reason").GetString()!)).OrderBy(r => r.Item1).ToList();
        Assert.Equal([51L, 61L, 71L], refused.Select(r => r.Item1));
        Assert.All(refused, r => Assert.NotEmpty(r.Item2));

        for (var i = 10; i < 180; i++) lines[i] = "short";
        _folder.Write("train.csv", string.Join('\n', lines) + "\n");
        Assert.Contains("max_bad_rows", CommandLine.Refusal(skip), StringComparison.Ordinal);
    }

    [Fact]
    public void Init_refuses_what_it_cannot_read()
    {
        string Init(string file) => CommandLine.Refusal("init", _folder.Path(file), "--out", _folder.Path("new.yaml"));
        Assert.Contains("no such file", Init("none.csv"), StringComparison.Ordinal);
        _folder.Write("empty.csv", "");
        Assert.Contains("empty", Init("empty.csv"), StringComparison.Ordinal);
        _folder.Write("bare.csv", Header + "\n");
        Assert.Contains("no row", Init("bare.csv"), StringComparison.Ordinal);
        Assert.Contains("folder", Init("."), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.Path("new.yaml")));
    }

    private static string[] Table() => [Header, .. Enumerable.Range(0, 200).Select(i => $"u{i % 7},{i % 13 * 2.5},{i % 3 % 2},{i % 5},{"abc"[i % 3]},{1 + i % 2}")];

    private void Refused(string what, byte[] table, string[] parts, string yaml = Yaml, string name = "train.csv")
    {
        File.WriteAllBytes(_folder.Path(name), table);
        _folder.Write("sundry.yaml", yaml);
        var sentence = CommandLine.Refusal("prepare", "-c", _folder.Path("sundry.yaml"), "--json");
        Assert.All(parts, part => Assert.True(sentence.Contains(part, StringComparison.Ordinal), $"{what}: '{part}' is missing in: {sentence}"));
        Assert.True(sentence.Length < 400, $"{what}: {sentence}");
        var cache = _folder.Path(".sundry");
        if (Directory.Exists(cache)) Assert.Empty(Directory.GetDirectories(cache));
    }
}
