namespace Sundry.EndToEnd.Tests;

/// <summary>The demo, small.</summary>
public sealed class DemoTests
{
    [Fact]
    public void The_demo_trains_compares_and_reports_beside_the_truth()
    {
        using var place = new Workplace();
        var outcome = Executable.Must(place.Root, "demo", "--impressions", "20000", "--json");
        var result = outcome.Json();
        Assert.Equal(["cart", "click", "dwell", "purchase", "rating"], result.GetProperty("tasks").EnumerateObject().Select(t => t.Name).Order());
        Assert.True(result.GetProperty("tasks").GetProperty("click").GetProperty("test").GetProperty("auc").GetDouble() > 0.5);
        Assert.Equal(["demo"], place.Names());
        Assert.Equal(["model", "runs", "shop"], Directory.GetFileSystemEntries(place.Path("demo")).Select(f => Path.GetFileName(f)).Order());
        Assert.Equal(20_000, result.GetProperty("rows").EnumerateObject().Sum(r => r.Value.GetInt32()));

        var report = File.ReadAllText(place.Path("demo", "model", "report.html"));
        foreach (var section in new[] { "result", "truth", "comparison", "metrics", "curves", "training", "gates", "data", "run" })
            Assert.Contains($"<section id=\"{section}\"", report, StringComparison.Ordinal);
        foreach (var part in new[] { "<svg", "single_task", "sundry demo --impressions 20000", "learning_rate" }) Assert.Contains(part, report, StringComparison.Ordinal);

        // the command that it names next works as it stands
        var next = outcome.Error.TrimEnd().Split('\n')[^1];
        Assert.StartsWith("next: sundry predict ", next, StringComparison.Ordinal);
        Executable.Must(place.Root, next["next: sundry ".Length..].Split(' '));
        Assert.EndsWith("p_click,p_cart,p_purchase,p_rating,p_dwell", File.ReadLines(place.Path("predictions.csv")).First(), StringComparison.Ordinal);

        Executable.Run(place.Root, "demo", "--impressions", "20000").RefusesWith("demo: ", "--force");
        File.WriteAllText(place.Path("demo", "mine.txt"), "kept");
        Executable.Run(place.Root, "demo", "--impressions", "20000", "--force").RefusesWith("mine.txt");
        Assert.Equal("kept", File.ReadAllText(place.Path("demo", "mine.txt")));
    }
}
