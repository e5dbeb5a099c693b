using System.Xml.Linq;
using static Sundry.Training.Html;

namespace Sundry.Training;

/// <summary>What has to be given up for what: gains of the models of a comparison against each other, against size and against time.</summary>
internal static class ParetoSection
{
    private const int MostPairs = 6;

    /// <summary>The section; null where there are not two models to be held against each other, or no reference.</summary>
    public static XElement? Draw(ReportModel model)
    {
        var judged = model.Comparison.Where(r => !double.IsNaN(r.Delta)).ToList();
        if (judged.Count < 2) return null;
        string[] tasks = [.. judged.SelectMany(r => r.Tasks).Select(t => t.Task).Distinct()];
        var names = new ModelNames(model.Comparison);
        var charts = new List<XElement>
        {
            Chart("Mean gain beside the worst task's gain", "the worst task's gain, %", "mean gain, %", r => 100 * Worst(r), r => 100 * r.Delta, 1),
            Chart("Mean gain beside the number of weights", "weights, thousands", "mean gain, %", r => r.Parameters / 1e3, r => 100 * r.Delta, -1),
            Chart("Mean gain beside the time of training", "seconds a seed", "mean gain, %", r => r.Seconds, r => 100 * r.Delta, -1),
        };
        var pairs = tasks.SelectMany((a, i) => tasks.Skip(i + 1).Select(b => (A: a, B: b))).ToList();
        foreach (var (a, b) in pairs.Take(MostPairs))
            charts.Add(Chart($"{b} beside {a}", $"gain of {a}, %", $"gain of {b}, %", r => 100 * Gain(r, a), r => 100 * Gain(r, b), 1));
        return Tag("section", With("id", "tradeoffs"),
            Tag("h2", "Trade-offs"),
            Tag("p.lead", Findings(judged, names)),
            Tag("div.plots.three", charts),
            Tag("p.fine",
                "Gains are relative to single-task models: the thin dotted lines at 0 are where a task does as well as alone. The dashed line joins models that no other beats in both ways. ",
                "A filled dot loses in no task, an open one in at least one.",
                pairs.Count > MostPairs ? $" Of {pairs.Count} pairs of tasks the first {MostPairs} are drawn." : ""));

        XElement Chart(string title, string across, string up, Func<ComparisonResult, double> x, Func<ComparisonResult, double> y, int better)
        {
            var dots = judged.Select(r => new ScatterChart.Dot(x(r), y(r), $"{names.Of(r)}: {Figures.Tick(x(r), 0.001)}, {Figures.Tick(y(r), 0.001)}", Short(names.Of(r)), Of(r))).ToList();
            var front = ScatterChart.Undominated(dots, better);
            return Tag("figure", Tag("figcaption", title), new ScatterChart
            {
                Title = title,
                Description = $"Not beaten in both ways: {string.Join("; ", front.Select(d => d.Name))}.",
                XLabel = across,
                YLabel = up,
                Dots = dots,
                BetterX = better,
                Zero = true,
            }.Draw());
        }
    }

    private static string Findings(List<ComparisonResult> judged, ModelNames names)
    {
        var front = ScatterChart.Undominated(judged.Select(r => new ScatterChart.Dot(Worst(r), r.Delta, names.Of(r), "", Verdict.Same)), 1);
        return front.Count == 0 ? "No model has a gain in every task that could be compared."
            : front.Count == 1 ? $"{front[0].Name} has both the best mean gain and the best gain in its worst task."
            : $"Mean gain and the worst task's gain pull apart: not beaten in both are {string.Join(", ", front.Select(d => d.Name))}.";
    }

    private static double Worst(ComparisonResult result) => result.Tasks.Select(t => Gain(result, t.Task)).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();

    private static double Gain(ComparisonResult result, string task) =>
        result.Tasks.FirstOrDefault(t => t.Task == task)?.Single is { } single ? NegativeTransfer.Delta(single.Metric, single.Model, single.Reference) : double.NaN;

    private static Verdict Of(ComparisonResult result) =>
        result.Tasks.Any(t => t.Single?.Verdict == Verdict.Loses) ? Verdict.Loses : result.Tasks.Any(t => t.Single?.Verdict == Verdict.Gains) ? Verdict.Gains : Verdict.Same;

    private static string Short(string name) => name.Length > 24 ? name[..23] + "…" : name;
}
