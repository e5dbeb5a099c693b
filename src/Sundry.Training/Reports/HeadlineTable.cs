using System.Xml.Linq;
using static Sundry.Training.Html;
using static Sundry.Training.TableParts;

namespace Sundry.Training;

/// <summary>The first thing to read: each task's figure, beside its single-task model where there is one.</summary>
internal static class HeadlineTable
{
    public static XElement Draw(ReportModel model)
    {
        bool compared = model.Tasks.Any(task => task.Single is not null);
        bool test = model.Tasks.Any(task => task.Test.Count > 0);
        string rows = test ? "test" : "validation";
        return Tag("section", With("id", "result"),
            Tag("h2", "Result"),
            Findings(model, compared) is { Length: > 0 } findings ? Tag("p.lead", findings) : null,
            Table(
                $"Each task on the {rows} rows" + (compared ? ", beside a model that learned it alone" : ""),
                [
                    Head("Task"), Head("Metric"), NumberHead("This model"),
                    .. compared ? [NumberHead("Alone"), NumberHead("Difference"), Tag("th.plotted", With("scope", "col"), "worse ← 0 → better"), Tag("th.wide", With("scope", "col"), "Verdict")] : Array.Empty<XElement>(),
                ],
                model.Tasks.Select((task, index) => Row(task, index, compared))),
            compared || model.Tasks.Count < 2 ? null : Tag("p.fine", "Whether tasks gain from being learned together is not judged here: ", Tag("code", "sundry compare"), " trains each alone beside it."),
            Tag("p.fine", "Small figures are 95% intervals from resampling the rows.",
                compared ? " A verdict other than “same” means that the interval of the difference, on the same rows, does not hold zero." : "",
                test ? "" : " There were no test rows: validation rows also chose the best epoch, so the figures flatter a little."));
    }

    private static XElement Row(TaskReport task, int index, bool compared)
    {
        string metric = TaskMetrics.For(task.Task);
        var row = Tag("tr",
            RowHead(TaskName(task.Task.Name, index), Tag("small", TypeWord(task.Task.Type)), compared ? Tag("span.narrow", Verdicts.Of(task.Single)) : null),
            Cell(MetricWords.Name(metric), Tag("small", MetricWords.Direction(metric) + " is better")),
            Value(task.Headline));
        if (!compared) return row;
        if (task.Single is not { } single)
        {
            row.Add(Number("–"), Number("–"), Cell(), Tag("td.wide", "not compared"));
            return row;
        }

        row.Add(
            Number(Figures.Value(single.Reference)),
            Tag("td.n", Figures.Signed(single), Tag("small", Figures.Interval(single.Low, single.High, signed: true))),
            Tag("td.plotted", metric == "calibration" || double.IsNaN(single.Difference) ? null : IntervalPlot.Draw(single, IntervalPlot.Reach(single))),
            Tag("td.wide", Verdicts.Of(single)));
        return row;
    }

    private static string Findings(ReportModel model, bool compared)
    {
        var sentences = new List<string>();
        if (compared)
        {
            Tell(Verdict.Gains, "gains", "gain", "from being learned together");
            Tell(Verdict.Loses, "does", "do", "worse together than alone, which is negative transfer");
            Tell(Verdict.Same, "does", "do", "as well together as alone, as far as these rows can tell");
        }

        foreach (var task in model.Tasks)
        {
            var calibration = task.Judged.FirstOrDefault(value => value.Name == "calibration");
            if (calibration is null || !calibration.HasInterval || (calibration.Low <= 1 && calibration.High >= 1) || Math.Abs(calibration.Value - 1) < .05) continue;
            sentences.Add($"Predictions of {task.Task.Name} sum to {Figures.Percent(Math.Abs(calibration.Value - 1))} {(calibration.Value > 1 ? "more" : "less")} than its labels.");
        }

        return string.Join(' ', sentences);

        void Tell(Verdict verdict, string one, string several, string what)
        {
            string[] names = [.. model.Tasks.Where(task => task.Single is { } single && single.Verdict == verdict && !double.IsNaN(single.Difference)).Select(task => task.Task.Name)];
            if (names.Length == 0) return;
            string list = names.Length == 1 ? names[0] : string.Join(", ", names[..^1]) + " and " + names[^1];
            sentences.Add($"{list} {(names.Length == 1 ? one : several)} {what}.");
        }
    }

    private static string TypeWord(Data.TaskType type) => type switch
    {
        Data.TaskType.Binary => "binary",
        Data.TaskType.Regression => "regression",
        Data.TaskType.Count => "count",
        _ => "multiclass",
    };
}
