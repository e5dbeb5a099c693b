using System.Text.Json;
using Sundry.Tests.Training;

namespace Sundry.Tests.Cli;

/// <summary><c>affinity</c>: tables and sentences for people, one document with <c>--json</c>, and a report.</summary>
[Collection(CommandLine.Name)]
public sealed class AffinityVerbTests : IDisposable
{
    private const string Config = """
        name: small
        data: {train: train.csv, validation: 20%, split: {test: 0%}}
        features: {group: categorical, x: numeric, z: numeric}
        tasks: {buy: binary, spend: regression, count: count}
        model: {embedding: 4, bottom: [8], experts: {count: 2, layers: [8]}, tower: [4]}
        training: {batch: 32, epochs: 2}
        """;

    private readonly LabelledTable _table = new(300);
    private readonly string _config;

    public AffinityVerbTests()
    {
        _table.Folder.Write("sundry.yaml", Config);
        _config = _table.Folder.Path("sundry.yaml");
    }

    public void Dispose() => _table.Dispose();

    [Fact]
    public void It_prints_one_document_and_writes_a_report()
    {
        var (code, output, error) = CommandLine.Run("affinity", "-c", _config, "--models", "2", "--every", "2", "--json");
        Assert.True(code == 0, error);
        var root = JsonDocument.Parse(output).RootElement;
        Assert.Equal("shared_bottom", root.GetProperty("architecture").GetString());
        Assert.Equal(["buy", "spend", "count"], root.GetProperty("look_ahead").EnumerateObject().Select(p => p.Name));
        Assert.True(root.GetProperty("look_ahead").GetProperty("buy").GetProperty("buy").GetDouble() > 0);
        Assert.True(root.GetProperty("standard_errors").GetProperty("buy").GetProperty("spend").GetDouble() > 0);
        var pair = root.GetProperty("pairs")[0];
        Assert.Equal(("buy", "spend"), (pair.GetProperty("first").GetString(), pair.GetProperty("second").GetString()));
        Assert.InRange(pair.GetProperty("cosine").GetDouble(), -1, 1);
        Assert.Equal(["bottom/0", "embeddings"], pair.GetProperty("layers").EnumerateObject().Select(p => p.Name).Order());
        Assert.Equal(2, root.GetProperty("groupings").GetArrayLength());
        Assert.InRange(root.GetProperty("advised").GetInt32(), 1, 2);
        Assert.All(root.GetProperty("findings").EnumerateArray(), f => Assert.Contains(f.GetProperty("kind").GetString(), (string[])["conflict", "drowned", "agreement", "indifference"]));
        var report = root.GetProperty("report").GetString()!;
        Assert.Equal(Path.Combine(_table.Root, "affinity", "small", "report.html"), report);
        Assert.Contains("Which tasks help each other", File.ReadAllText(report), StringComparison.Ordinal);
        Assert.Equal([report], Directory.GetFileSystemEntries(Path.GetDirectoryName(report)!));
    }

    [Fact]
    public void People_get_tables_and_sentences()
    {
        var (code, output, error) = CommandLine.Run("affinity", "-c", _config, "--architecture", "mmoe", "--out", _table.Folder.Path("found"));
        Assert.True(code == 0, error);
        Assert.Equal("", output);
        Assert.Contains("- buy and spend ", error, StringComparison.Ordinal);
        Assert.Contains("% of steps", error, StringComparison.Ordinal);
        Assert.True(File.Exists(_table.Folder.Path("found/report.html")));
    }

    [Fact]
    public void One_task_is_refused() => Assert.Contains("'tasks' names only 'buy'; give at least two", Alone(), StringComparison.Ordinal);

    private string Alone()
    {
        _table.Folder.Write("sundry.yaml", Config.Replace("{buy: binary, spend: regression, count: count}", "{buy: binary}", StringComparison.Ordinal));
        return CommandLine.Refusal("affinity", "-c", _config);
    }
}
