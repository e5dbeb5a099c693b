using System.Text.Json;

namespace Sundry.Tests.Cli;

/// <summary><c>bench</c>: one document on stdout, and a sentence for what cannot be measured.</summary>
[Collection(CommandLine.Name)]
public sealed class BenchVerbTests
{
    private static readonly string[] s_small = ["--rows", "1000", "--fields", "4", "--embedding", "4", "--experts", "2", "--layers", "8,4", "--tower", "4", "--threads", "2"];

    public static TheoryData<string[], string> Refusals => new()
    {
        { ["train", "--rows", "0"], "rows 0" },
        { ["train", "--rows", "-5"], "rows -5" },
        { ["train", "--rows", "many"], "'--rows' as a whole number. See 'sundry bench train --help'." },
        { ["train", "--layers", "256,x"], "'x'" },
        { ["train", "--layers", ","], "at least one layer" },
        { ["train", "--tower", "64,-1"], "tower -1" },
        { ["train", "--normalization", "btch"], "did you mean 'batch'" },
        { ["train", "--optimizer", "adem"], "did you mean 'adam'" },
        { ["train", "--architecture", "mmeo"], "did you mean 'mmoe'" },
        { ["train", "--dropout", "1"], "dropout 1" },
        { ["train", "--stesp", "1"], "did you mean '--steps'" },
        { ["score", "--candidates", "1,0"], "candidates 0" },
        { ["score", "--candidates", "1;2"], "'1;2'" },
        { ["score", "--shared-fields", "27"], "shared-fields 27" },
        { ["products", "--batch", "0"], "batch 0" },
        { ["peak", "--threads", "0"], "threads 0" },
        { ["ingest", "--batch", "0"], "batch 0" },
        { ["ingest", "--writers", "0"], "writers 0" },
        { ["ingest", "--kill", "3"], "--kill needs --store" },
        { ["serve"], "needs --store" },
        { ["serve", "--store", "x.db", "--clients", "0"], "1 to 64 clients" },
        { ["ingest", "--store", "mysql://x/y"], "postgres://user@host/database" },
        { ["trian"], "there is no verb 'bench trian'; did you mean 'train'? See 'sundry bench --help'." },
        { [], "See 'sundry bench --help'." },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_cannot_be_measured_is_refused(string[] arguments, string part) =>
        Assert.Contains(part, CommandLine.Refusal(["bench", .. arguments]), StringComparison.Ordinal);

    [Fact]
    public void Training_is_one_document()
    {
        var json = Document("train", [.. s_small, "--steps", "2", "--rounds", "1", "--batch", "16", "--shards", "3"]);
        foreach (var name in new[] { "samples_per_second", "gflops", "peak_gflops", "share_of_peak", "ms_per_step", "peak_memory_mb", "table_mb" })
            Assert.True(json.GetProperty(name).GetDouble() > 0, name);
        foreach (var part in new[] { "data", "gather", "forward", "backward", "reduce", "optimizer" })
            Assert.True(json.GetProperty("parts").GetProperty(part).GetProperty("ms").GetDouble() >= 0, part);
        Assert.Equal(2, json.GetProperty("threads").GetInt32());
        Assert.Equal(3, json.GetProperty("shards").GetInt32());
        Assert.Equal([8, 4], json.GetProperty("options").GetProperty("model").GetProperty("layers").EnumerateArray().Select(l => l.GetInt32()));
        Assert.Equal("adam", json.GetProperty("options").GetProperty("optimizer").GetString());
        Assert.Equal(Environment.ProcessorCount, json.GetProperty("machine").GetProperty("processors").GetInt32());
    }

    [Fact]
    public void Scoring_is_one_document()
    {
        var json = Document("score", [.. s_small, "--candidates", "2,1", "--rounds", "3", "--shared-fields", "1"]);
        Assert.Equal([2, 1], json.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("candidates").GetInt32()));
        Assert.All(json.GetProperty("results").EnumerateArray(), r => Assert.True(r.GetProperty("p50_ms").GetDouble() > 0 && r.GetProperty("p99_ms").GetDouble() > 0));
        Assert.Equal(1, json.GetProperty("shared_fields").GetInt32());
    }

    [Fact]
    public void Ingestion_is_one_document()
    {
        var json = Document("ingest", ["--events", "600", "--batch", "50", "--writers", "2", "--names", "10"]);
        foreach (var name in new[] { "events_per_second", "ack_p50_ms", "ack_p99_ms", "ack_most_ms", "read_per_second", "open_ms" })
            Assert.True(json.GetProperty(name).GetDouble() > 0, name);
        Assert.Equal(50, json.GetProperty("options").GetProperty("batch").GetInt32());
    }

    [Fact]
    public void Products_and_peak_are_documents()
    {
        var products = Document("products", [.. s_small, "--batch", "8", "--rounds", "1"]);
        Assert.Equal(["forward", "input_gradient", "weight_gradient"], products.GetProperty("products").EnumerateArray().Select(p => p.GetProperty("form").GetString()).Distinct());
        Assert.Equal(8, products.GetProperty("totals").GetArrayLength());
        var peak = Document("peak", ["--threads", "1"]);
        Assert.True(peak.GetProperty("peaks")[0].GetProperty("gflops").GetProperty("median").GetDouble() > 0);
    }

    private static JsonElement Document(string verb, string[] arguments)
    {
        var (code, output, error) = CommandLine.Run(["bench", verb, .. arguments, "--json"]);
        Assert.True(code == 0, error);
        using var document = JsonDocument.Parse(output);
        return document.RootElement.Clone();
    }
}
