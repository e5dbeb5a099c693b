using System.Xml.Linq;
using static Sundry.Training.Html;
using static Sundry.Training.TableParts;

namespace Sundry.Training;

/// <summary>ROC, precision-recall and reliability of every task that has them.</summary>
internal static class CurveSection
{
    public static XElement? Draw(ReportModel model)
    {
        var shares = new List<XElement>();
        var values = new List<XElement>();
        for (int t = 0; t < model.Tasks.Count; t++)
        {
            var task = model.Tasks[t];
            if (task.Curves is not { } curves) continue;
            if (task.Task.Type == Data.TaskType.Binary) shares.AddRange(Ranking(task, curves, t));
            (task.Task.Type == Data.TaskType.Binary ? shares : values).Add(Reliability(task, curves, t));
        }

        if (shares.Count + values.Count == 0) return null;
        return Tag("section", With("id", "curves"),
            Tag("h2", shares.Count > 0 ? "Curves and calibration" : "Calibration"),
            Tag("p.lead",
                shares.Count > 0 ? "ROC and precision–recall show how well predictions sort rows; dotted is guessing. " : "",
                "Reliability shows whether a prediction means what it says: dots on the dashed line do, with their 95% intervals."),
            shares.Count > 0 ? Tag("div.plots.three", shares) : null,
            values.Count > 0 ? Tag("div.plots.three", values) : null,
            Tag("p.fine", "Each dot is a group of about equally many rows, sorted by prediction. An open dot at the edge: no positive row was seen in the group."),
            Tag("details", Tag("summary", "The reliability groups in figures"), model.Tasks.Select((task, index) => Groups(task, index))));
    }

    /// <summary>A chart under its task's name and colour.</summary>
    public static XElement Figure(string task, int index, string what, XElement drawing) =>
        Tag($"figure.t{index % StyleSheet.Hues}", Tag("figcaption", TaskName(task, index), Tag("span.what", what)), drawing);

    /// <summary>What stands in the place of a chart that has nothing to draw.</summary>
    public static XElement Missing(string why) => Tag("p.missing", "undefined: " + why);

    private static IEnumerable<XElement> Ranking(TaskReport task, Curves curves, int index)
    {
        string name = task.Task.Name, auc = Words(task, "auc"), average = Words(task, "pr_auc");
        yield return Figure(name, index, $"ROC, area {auc}", curves.Roc.Count == 0 ? Missing(Why(task, "auc")) : new LineChart
        {
            Title = $"ROC curve of {name}",
            Description = $"Share of positives found over share of negatives taken along; the area is {auc}. The dotted diagonal is guessing.",
            XLabel = "false-positive rate",
            YLabel = "true-positive rate",
            X = (0, 1),
            Y = (0, 1),
            Series = [new("", [new(0, 0), new(1, 1)], Stroke.Dotted, Muted: true), new("", curves.Roc)],
        }.Draw());

        // of a rare event the precision is low everywhere, and a full axis would hide its course
        double top = curves.PrecisionRecall.Where(p => p.X > .02).Select(p => p.Y).DefaultIfEmpty(1).Max();
        double high = top > .5 ? 1 : Axis.Around([0, Math.Max(top, curves.Positives * 2)], 0, 1).High;
        yield return Figure(name, index, $"precision–recall, average precision {average}", curves.PrecisionRecall.Count == 0 ? Missing(Why(task, "pr_auc")) : new LineChart
        {
            Title = $"Precision over recall of {name}",
            Description = $"The average precision is {average}. The dotted line at {Figures.Value(curves.Positives)} is guessing.",
            XLabel = "recall",
            YLabel = "precision",
            X = (0, 1),
            Y = (0, high),
            Series = [new("", [new(0, curves.Positives), new(1, curves.Positives)], Stroke.Dotted, Muted: true), new("", curves.PrecisionRecall)],
        }.Draw());
    }

    private static XElement Reliability(TaskReport task, Curves curves, int index)
    {
        bool binary = task.Task.Type == Data.TaskType.Binary;
        return Figure(task.Task.Name, index, binary ? $"reliability, ECE {Words(task, "ece")}" : "reliability",
            curves.Reliability.Count == 0 ? Missing(Why(task, binary ? "ece" : "rmse")) : ReliabilityPlot.Draw(task.Task.Name, curves.Reliability, binary));
    }

    private static string Words(TaskReport task, string metric) =>
        task.Judged.FirstOrDefault(value => value.Name == metric) is { } found ? Figures.Value(found.Value) : "unknown";

    private static string Why(TaskReport task, string metric) =>
        task.Judged.FirstOrDefault(value => value.Name == metric)?.Reason ?? "no row has a label";

    private static XElement? Groups(TaskReport task, int index)
    {
        if (task.Curves is not { Reliability: { Count: > 0 } groups }) return null;
        return Tag("div", Tag("h3", TaskName(task.Task.Name, index)), Table(
            $"Reliability of {task.Task.Name}",
            [NumberHead("Predicted"), NumberHead("Observed"), NumberHead("95% interval"), NumberHead("Rows")],
            groups.Select(group => Tag("tr",
                Number(Figures.Value(group.Prediction)),
                Number(Figures.Value(group.Observed)),
                Number(Figures.Interval(group.Low, group.High)),
                Number(Figures.Count(group.Rows))))));
    }
}
