namespace Sundry.EndToEnd.Tests;

/// <summary>The same rows, written in every way that is read, give the same model.</summary>
public sealed class FormatTests
{
    [Fact]
    public void Tabs_gzip_json_lines_headerless_files_several_files_and_globs_give_one_model()
    {
        using var place = new Workplace();
        var shop = new Shop(1000, seed: 6);
        shop.Write(place.Path("plain.csv"));
        shop.Write(place.Path("table.tsv"), delimiter: '\t');
        shop.Write(place.Path("packed.csv.gz"));
        shop.WriteJson(place.Path("lines.jsonl"));
        shop.Write(place.Path("bare.csv"), header: false);
        Directory.CreateDirectory(place.Path("parts"));
        shop.Write(place.Path("parts", "a.csv"), 0, 300);
        shop.Write(place.Path("parts", "b.csv.gz"), 300, 300);
        shop.Write(place.Path("parts", "c.tsv"), 600, delimiter: '\t');
        shop.Write(place.Path("semicolons.txt"), delimiter: ';');
        var ways = new Dictionary<string, string>
        {
            ["plain"] = "train: plain.csv",
            ["tabs"] = "train: table.tsv",
            ["gzip"] = "train: packed.csv.gz",
            ["json"] = "train: lines.jsonl",
            ["bare"] = $"train: bare.csv\ncolumns: [{string.Join(", ", Shop.Columns)}]",
            ["several"] = "train: [parts/a.csv, parts/b.csv.gz, parts/c.tsv]",
            ["glob"] = "train: parts/*",
            ["semicolons"] = "train: semicolons.txt",
        };
        var weights = new Dictionary<string, byte[]>();
        foreach (var (way, data) in ways)
        {
            place.Write(way + ".yaml", Settings.Click(data, Settings.Model.Replace("epochs: 4", "epochs: 1", StringComparison.Ordinal)));
            Executable.Must(place.Root, "train", "-c", way + ".yaml", "--out", way);
            weights[way] = File.ReadAllBytes(place.Path(way, "weights.bin"));
        }

        Assert.All(weights, w => Assert.True(w.Value.AsSpan().SequenceEqual(weights["plain"]), $"{w.Key} gives other weights"));

        // a model reads what it was trained on, and anything else that is written plainly
        var expected = new Sheet(Executable.Must(place.Root, "predict", "plain", "plain.csv").Out)["p_click"];
        foreach (var (model, file) in new[] { ("bare", "bare.csv"), ("plain", "table.tsv"), ("plain", "lines.jsonl"), ("tabs", "packed.csv.gz"), ("plain", "parts/*") })
        {
            var sheet = new Sheet(Executable.Must(place.Root, "predict", model, file).Out);
            Assert.Equal(expected, sheet["p_click"]);
        }
    }
}
