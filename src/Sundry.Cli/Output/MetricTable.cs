using Spectre.Console;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary>The tables at the end of train, evaluate and compare.</summary>
internal static class MetricTable
{
    public static void Write(IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, double?>>> tasks, string part)
    {
        var table = new Table().Title($"{part} rows").Border(TableBorder.Rounded).AddColumn("task").AddColumn("metric");
        table.AddColumn(new TableColumn("value").RightAligned());
        foreach (var (task, parts) in tasks)
        {
            if (!parts.TryGetValue(part, out var metrics)) continue;
            var first = true;
            foreach (var (metric, value) in metrics)
            {
                table.AddRow(new Text(first ? task : ""), new Text(metric), new Text(value is null ? "undefined" : value.Value.ToString("0.0000")));
                first = false;
            }
        }

        Terminal.People.Write(table);
    }

    public static void Write(IReadOnlyDictionary<string, IReadOnlyList<MetricValue>> tasks)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("task").AddColumn("metric");
        table.AddColumn(new TableColumn("value").RightAligned()).AddColumn("95% interval");
        foreach (var (task, metrics) in tasks)
            foreach (var metric in metrics)
                table.AddRow(
                    new Text(metric == metrics[0] ? task : ""), new Text(metric.Name), new Text(metric.IsDefined ? metric.Value.ToString("0.0000") : "undefined"),
                    new Text(metric.HasInterval ? $"{metric.Low:0.0000} … {metric.High:0.0000}" : metric.Reason ?? ""));
        Terminal.People.Write(table);
    }

    /// <summary>A comparison, no wider than 80 columns: the models' sizes and times, then each task.</summary>
    /// <param name="results">The models, single-task models first.</param>
    /// <param name="part">The rows that they were judged on.</param>
    public static void Write(IReadOnlyList<ComparisonResult> results, string part)
    {
        var models = new Table().Title($"models, by the {part} rows").Border(TableBorder.Rounded).AddColumn("model");
        foreach (var column in new[] { "mean gain", "parameters", "dense", "seconds" }) models.AddColumn(new TableColumn(column).RightAligned());
        foreach (var result in results)
            models.AddRow(
                new Text(Name(result)), new Text(double.IsNaN(result.Delta) ? "" : (100 * result.Delta).ToString("+0.00;-0.00;0.00") + "%"), new Text(result.Parameters.ToString("N0")),
                new Text(result.DenseParameters > 0 ? result.DenseParameters.ToString("N0") : ""), new Text(result.Seconds.ToString("0.0")));
        Terminal.People.Write(models);
        var table = new Table().Title($"{part} rows, mean ± sd over seeds; difference to single-task models").Border(TableBorder.Rounded).AddColumn("task").AddColumn("model");
        foreach (var column in new[] { "mean\n± sd", "difference\n95% interval" }) table.AddColumn(new TableColumn(column).RightAligned().NoWrap());
        table.AddColumn(new TableColumn("verdict").NoWrap());
        foreach (var task in results.SelectMany(r => r.Tasks).Select(t => t.Task).Distinct())
        {
            var first = true;
            foreach (var result in results)
            {
                if (result.Tasks.FirstOrDefault(t => t.Task == task) is not { } found) continue;
                var verdict = found.Single?.Verdict switch { Verdict.Gains => "▲ gains", Verdict.Loses => "▼ loses", Verdict.Same => "= same", _ => "reference" };
                table.AddRow(
                    new Text(first ? $"{task}\n{found.Metric}" : ""), new Text(Name(result)), new Text(double.IsNaN(found.Value.Sd) ? Number(found.Value.Mean) : $"{Number(found.Value.Mean)}\n± {Number(found.Value.Sd)}"),
                    new Text(found.Single is { } s ? $"{s.Difference:+0.0000;-0.0000}\n{s.Low:+0.0000;-0.0000} … {s.High:+0.0000;-0.0000}" : ""), new Text(verdict));
                first = false;
            }
        }

        Terminal.People.Write(table);
    }

    // a single task has nothing to balance
    private static string Name(ComparisonResult result) => result.Architecture == Contestant.Single ? result.Architecture : $"{result.Architecture} {result.Balancing}";

    private static string Number(double value) => double.IsNaN(value) ? "–" : value.ToString("0.0000");
}
