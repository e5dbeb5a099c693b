namespace Sundry.EndToEnd.Tests;

/// <summary>The demo, small.</summary>
public sealed class DemoTests
{
    [Fact]
    public void The_demo_goes_from_a_log_to_a_model_a_report_beside_the_truth_and_recommendations()
    {
        using var place = new Workplace();
        var outcome = Executable.Must(place.Root, "demo", "--events", "40000", "--json");
        var result = outcome.Json();
        Assert.Equal(["buy", "cart", "click", "stay"], result.GetProperty("tasks").EnumerateObject().Select(t => t.Name).Order());
        Assert.True(result.GetProperty("tasks").GetProperty("click").GetProperty("test").GetProperty("auc").GetDouble() > 0.5);
        Assert.Equal(["demo"], place.Names());
        Assert.Equal(["model", "recommendations.csv", "runs", "shop"], Directory.GetFileSystemEntries(place.Path("demo")).Select(f => Path.GetFileName(f)).Order());
        var impressions = File.ReadLines(place.Path("demo", "shop", "events.csv")).Count(line => line.Split(',')[1] == "impression");
        Assert.Equal(impressions, result.GetProperty("rows").EnumerateObject().Sum(r => r.Value.GetInt32()));

        var report = File.ReadAllText(place.Path("demo", "model", "report.html"));
        foreach (var section in new[] { "result", "truth", "comparison", "ranking", "metrics", "curves", "training", "gates", "data", "run" })
            Assert.Contains($"<section id=\"{section}\"", report, StringComparison.Ordinal);
        foreach (var part in new[] { "<svg", "single_task", "sundry demo --events 40000", "learning_rate", "40,000 events from" }) Assert.Contains(part, report, StringComparison.Ordinal);

        // lists of three customers are shown, and those of more are written
        Assert.Equal(3, outcome.Error.Split('\n').Count(line => line.Contains(", who clicked ", StringComparison.Ordinal) && line.EndsWith(" last", StringComparison.Ordinal)));
        var lists = File.ReadAllLines(place.Path("demo", "recommendations.csv"));
        Assert.Equal("user,rank,item,score,p_click,p_cart,p_buy,p_stay,source,reasons", lists[0]);
        Assert.Equal(500 * 10, lists.Length - 1);

        // the commands that it names next work as they stand
        var next = outcome.Error.TrimEnd().Split('\n').Where(line => line.StartsWith("next: sundry ", StringComparison.Ordinal)).ToList();
        Assert.Equal(4, next.Count);
        Executable.Must(place.Root, next[1]["next: sundry ".Length..].Split(' '));

        Executable.Run(place.Root, "demo", "--events", "40000").RefusesWith("demo: ", "--force");
        File.WriteAllText(place.Path("demo", "mine.txt"), "kept");
        Executable.Run(place.Root, "demo", "--events", "40000", "--force").RefusesWith("mine.txt");
        Assert.Equal("kept", File.ReadAllText(place.Path("demo", "mine.txt")));
    }
}
