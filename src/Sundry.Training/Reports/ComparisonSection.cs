using System.Xml.Linq;
using static Sundry.Training.Html;
using static Sundry.Training.TableParts;

namespace Sundry.Training;

/// <summary>Architectures and balancers side by side, each task against its single-task model.</summary>
internal static class ComparisonSection
{
    public static XElement Draw(ReportModel model)
    {
        var names = new ModelNames(model.Comparison);
        // the result's table says already what one model and its reference have to say task by task
        bool told = model.Comparison.Count <= 2 && model.Tasks.Count > 0 && model.Tasks.All(task => task.Single is not null);
        bool several = model.Comparison.Any(result => result.Seeds > 1);
        bool dense = model.Comparison.All(result => result.DenseParameters > 0);
        string[] tasks = [.. model.Comparison.SelectMany(result => result.Tasks).Select(task => task.Task).Distinct()];
        return Tag("section", With("id", "comparison"),
            Tag("h2", "Comparison"),
            Tag("p.lead", Findings(model, names)),
            Table(
                "Every model: gain over single-task models, size and time",
                [
                    Head("Model"), NumberHead("Mean gain Δ"),
                    .. tasks.Select(Head),
                    NumberHead("Seeds"), NumberHead("Parameters"), .. dense ? [NumberHead("Dense")] : Array.Empty<XElement>(), NumberHead("Time a seed"),
                ],
                model.Comparison.Select(result => Tag("tr",
                    Tag("th.model", With("scope", "row"), Name(names, result)),
                    Number(double.IsNaN(result.Delta) ? "–" : Figures.SignedPercent(result.Delta)),
                    tasks.Select(name => Cell(Verdicts.Of(result.Tasks.FirstOrDefault(task => task.Task == name)?.Single))),
                    Number(Figures.Count(result.Seeds)),
                    Number(Figures.Count(result.Parameters)),
                    dense ? Number(Figures.Count(result.DenseParameters)) : null,
                    Number(Figures.Duration(result.Seconds))))),
            told ? null : Folded(model, tasks.Select((name, index) => Task(model, name, index, names))),
            Tag("p.fine",
                "Differences are to the single-task model of the same features and budget, on the same rows. ",
                several
                    ? "Figures are mean and standard deviation over seeds, and the 95% intervals resample rows and seeds. "
                    : "With one seed the 95% intervals speak of the rows alone, not of what another seed would give. ",
                dense ? "Dense: the weights outside of embedding tables. " : "",
                told ? "" : "★ marks the best mean. ",
                "Δ is the mean over tasks of the relative gain."));
    }

    // a search's reader looks at the winner first
    private static object Folded(ReportModel model, IEnumerable<XElement> tasks) =>
        model.Search is null ? tasks : Tag("details", Tag("summary", "Task by task"), tasks);

    private static XElement Task(ReportModel model, string name, int index, ModelNames names)
    {
        var results = model.Comparison.Where(result => result.Tasks.Any(task => task.Task == name)).Select(result => (Result: result, Task: result.Tasks.First(task => task.Task == name))).ToList();
        string metric = results[0].Task.Metric;
        double best = results.Select(r => TaskMetrics.Goodness(metric, r.Task.Value.Mean)).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max();
        double reach = IntervalPlot.Reach(results.Select(r => r.Task.Single));
        int place = model.Tasks.TakeWhile(task => task.Task.Name != name).Count();
        return Tag("div",
            Tag("h3", TaskName(name, place < model.Tasks.Count ? place : index), Tag("span.what", $"{MetricWords.Name(metric)}, {MetricWords.Direction(metric)} is better")),
            Table(
                $"{name} under every model",
                [Head("Model"), NumberHead("Mean ± sd"), NumberHead("Difference"), NumberHead("95% interval"), Tag("th.plotted", With("scope", "col"), "worse ← 0 → better"), Tag("th.wide", With("scope", "col"), "Verdict")],
                results.Select(r => Row(r.Result, r.Task, r.Task.Single, TaskMetrics.Goodness(metric, r.Task.Value.Mean) == best, reach, names))));
    }

    private static XElement Row(ComparisonResult result, ComparisonTask task, MetricDifference? single, bool best, double reach, ModelNames names)
    {
        var value = Tag("td.n", Figures.Deviating(task.Value));
        if (best) value.AddFirst(Tag("span.star", With("title", "best mean"), "★ "));
        var row = Tag(best ? "tr.best" : "tr", Tag("th.model", With("scope", "row"), Name(names, result), single is null ? null : Tag("span.narrow", Verdicts.Of(single))), value);
        if (single is null) row.Add(Number("–"), Number("–"), Tag("td.plotted"), Tag("td.wide", Verdicts.Of(null)));
        else if (double.IsNaN(single.Difference)) row.Add(Number("undefined"), Number("–"), Tag("td.plotted"), Tag("td.wide", Verdicts.Of(single)));
        else
        {
            row.Add(
                Number(Figures.Signed(single)),
                Number(Figures.Interval(single.Low, single.High, signed: true)),
                Tag("td.plotted", task.Metric == "calibration" ? null : IntervalPlot.Draw(single, reach)),
                Tag("td.wide", Verdicts.Of(single)));
        }

        return row;
    }

    private static object[] Name(ModelNames names, ComparisonResult result) =>
        names.Balancing(result) is { Length: > 0 } balancing ? [result.Architecture, Tag("small", balancing)] : [result.Architecture];

    private static string Findings(ReportModel model, ModelNames names)
    {
        var judged = model.Comparison.Where(result => !double.IsNaN(result.Delta)).OrderByDescending(result => result.Delta).ToList();
        if (judged.Count == 0) return "No single-task reference was trained, so gains cannot be judged.";
        var best = judged[0];
        string sign = best.Delta > 0 ? "gain" : "change";
        var losing = judged.Where(result => result.Tasks.Any(task => task.Single?.Verdict == Verdict.Loses)).Select(names.Of).ToList();
        return $"The best mean {sign} over single-task models is that of {names.Of(best)}, {Figures.SignedPercent(best.Delta)}."
            + (losing.Count == 0 ? " No model loses in any task." : $" Negative transfer in some task: {string.Join(", ", losing)}.");
    }
}
