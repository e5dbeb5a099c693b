using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class ParetoSectionTests
{
    [Fact]
    public void The_front_holds_what_no_other_beats_in_both_ways()
    {
        ScatterChart.Dot[] dots = [Dot("a", 1, 5), Dot("b", 2, 4), Dot("c", 2, 3), Dot("d", 3, 1), Dot("e", 0, 5), Dot("f", double.NaN, 9)];
        Assert.Equal(["a", "b", "d"], ScatterChart.Undominated(dots, 1).Select(d => d.Name));
        // less across is better: the smallest is there, and what is larger only where it is higher too
        Assert.Equal(["e"], ScatterChart.Undominated(dots, -1).Select(d => d.Name));
        Assert.Equal(["e", "g"], ScatterChart.Undominated([.. dots, Dot("g", 4, 6)], -1).Select(d => d.Name));
    }

    [Fact]
    public void Two_models_beside_single_tasks_are_drawn_against_each_other()
    {
        var report = new ReportModel { Name = "x", Comparison = [Result("single_task", null, null), Result("mmoe", .02, -.01), Result("ple", .01, .005)] };
        var html = HtmlReport.Render(report);
        Assert.Contains("id=\"tradeoffs\"", html, StringComparison.Ordinal);
        Assert.Contains("gain of click, %", html, StringComparison.Ordinal);
        Assert.Contains("ple has both the best mean gain and the best gain in its worst task", html, StringComparison.Ordinal);
        Assert.Contains("circle class=\"loses\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"tradeoffs\"", HtmlReport.Render(report with { Comparison = [.. report.Comparison.Take(2)] }), StringComparison.Ordinal);
    }

    [Fact]
    public void Balancing_is_part_of_a_name_only_where_it_tells_models_apart()
    {
        // what single-task models were configured with tells nothing
        ComparisonResult[] alike = [Result("single_task", null, null) with { Balancing = "weighted" }, Result("mmoe", .02, -.01), Result("ple", .01, .005)];
        Assert.Equal(["single_task", "mmoe", "ple"], alike.Select(new ModelNames(alike).Of));
        ComparisonResult[] apart = [.. alike, Result("ple", .01, .005) with { Balancing = "cagrad" }];
        Assert.Equal(["single_task", "mmoe (equal)", "ple (equal)", "ple (cagrad)"], apart.Select(new ModelNames(apart).Of));
    }

    private static ScatterChart.Dot Dot(string name, double x, double y) => new(x, y, name, "", Verdict.Same);

    private static ComparisonResult Result(string architecture, double? click, double? buy) => new(architecture, "equal", 2, 3, 1000, [Task("click", .7, click), Task("buy", .6, buy)]);

    private static ComparisonTask Task(string name, double alone, double? by) => new(
        name, "auc", new SeedSummary(2, alone + (by ?? 0), .01),
        by is not { } d ? null : new("auc", alone + d, alone, d, d - .002, d + .002, d - .002 > 0 ? Verdict.Gains : d + .002 < 0 ? Verdict.Loses : Verdict.Same));
}
