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
        table.AddColumn(new TableColumn("value").RightAligned()).AddColumn("95 % interval");
        foreach (var (task, metrics) in tasks)
            foreach (var metric in metrics)
                table.AddRow(
                    new Text(metric == metrics[0] ? task : ""), new Text(metric.Name), new Text(metric.IsDefined ? metric.Value.ToString("0.0000") : "undefined"),
                    new Text(metric.HasInterval ? $"{metric.Low:0.0000} … {metric.High:0.0000}" : metric.Reason ?? ""));
        Terminal.People.Write(table);
    }

    public static void Write(IReadOnlyList<ComparisonResult> results)
    {
        var table = new Table().Title("test metrics, mean ± sd over seeds; difference to single-task models").Border(TableBorder.Rounded);
        foreach (var column in new[] { "architecture", "balancing", "task", "metric" }) table.AddColumn(column);
        foreach (var column in new[] { "mean", "sd", "difference", "95 % interval", "verdict", "seconds", "parameters" }) table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var result in results)
        {
            foreach (var task in result.Tasks)
            {
                var verdict = task.Single?.Verdict switch { Verdict.Gains => "▲ gains", Verdict.Loses => "▼ loses", Verdict.Same => "= same", _ => "reference" };
                table.AddRow(
                    new Text(result.Architecture), new Text(result.Balancing), new Text(task.Task), new Text(task.Metric), new Text(Number(task.Value.Mean)), new Text(Number(task.Value.Sd)),
                    new Text(task.Single is { } s ? s.Difference.ToString("+0.0000;-0.0000") : ""), new Text(task.Single is { } i ? $"{i.Low:+0.0000;-0.0000} … {i.High:+0.0000;-0.0000}" : ""),
                    new Text(verdict), new Text(result.Seconds.ToString("0.0")), new Text(result.Parameters.ToString("N0")));
            }
        }

        Terminal.People.Write(table);
    }

    private static string Number(double value) => double.IsNaN(value) ? "–" : value.ToString("0.0000");
}
