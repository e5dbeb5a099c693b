using System.Xml.Linq;
using static Sundry.Training.Html;
using static Sundry.Training.TableParts;

namespace Sundry.Training;

/// <summary>ROC, precision-recall and reliability of every task that has them.</summary>
internal static class CurveSection
{
    public static XElement? Draw(ReportModel model)
    {
        var figures = model.Tasks.SelectMany((task, index) => Figures(task, index)).ToList();
        if (figures.Count == 0) return null;
        return Tag("section", With("id", "curves"),
            Tag("h2", "Ranking and calibration"),
            Tag("p.lead", "How well the predictions sort rows (left, middle), and whether a predicted probability or value means what it says (right: dots on the dashed line)."),
            Tag("div.plots.three", figures),
            Tag("details", Tag("summary", "The reliability groups in figures"), model.Tasks.Select((task, index) => Groups(task, index))));
    }

    /// <summary>A chart under its task's name and colour.</summary>
    public static XElement Figure(string task, int index, string what, XElement drawing) =>
        Tag($"figure.t{index % StyleSheet.Hues}", Tag("figcaption", TaskName(task, index), Tag("span.what", what)), drawing);

    private static IEnumerable<XElement> Figures(TaskReport task, int index)
    {
        if (task.Curves is not { } curves) yield break;
        string name = task.Task.Name;
        double Metric(string metric) => task.Judged.FirstOrDefault(value => value.Name == metric)?.Value ?? double.NaN;

        if (curves.Roc.Count > 0)
        {
            yield return Figure(name, index, $"ROC, area {Training.Figures.Value(Metric("auc"))}", new LineChart
            {
                Title = $"ROC curve of {name}",
                Description = $"Share of positives found over share of negatives taken along; the area is {Training.Figures.Value(Metric("auc"))}. The dotted diagonal is guessing.",
                XLabel = "false-positive rate (up: true-positive rate)",
                X = (0, 1),
                Y = (0, 1),
                Series = [new("", [new(0, 0), new(1, 1)], Stroke.Dotted, Muted: true), new("", curves.Roc)],
            }.Draw());
        }

        if (curves.PrecisionRecall.Count > 0)
        {
            double top = curves.PrecisionRecall.Where(p => p.X > .02).Select(p => p.Y).DefaultIfEmpty(1).Max();
            // of a rare event the precision is low everywhere, and a full axis would hide its course
            double high = top > .5 ? 1 : Axis.Around([0, Math.Max(top, curves.Positives * 2)], 0, 1).High;
            yield return Figure(name, index, $"precision–recall, average {Training.Figures.Value(Metric("pr_auc"))}", new LineChart
            {
                Title = $"Precision over recall of {name}",
                Description = $"The average precision is {Training.Figures.Value(Metric("pr_auc"))}. The dotted line at {Training.Figures.Value(curves.Positives)} is guessing.",
                XLabel = "recall (up: precision)",
                X = (0, 1),
                Y = (0, high),
                Series = [new("", [new(0, curves.Positives), new(1, curves.Positives)], Stroke.Dotted, Muted: true), new("", curves.PrecisionRecall)],
            }.Draw());
        }

        if (curves.Reliability.Count > 0)
        {
            bool probability = task.Task.Type == Data.TaskType.Binary;
            yield return Figure(name, index, probability ? $"reliability, ECE {Training.Figures.Value(Metric("ece"))}" : "mean label over prediction",
                ReliabilityPlot.Draw(name, curves.Reliability, probability));
        }
    }

    private static XElement? Groups(TaskReport task, int index)
    {
        if (task.Curves is not { Reliability: { Count: > 0 } groups }) return null;
        return Tag("div", Tag("h3", TaskName(task.Task.Name, index)), Table(
            $"Reliability of {task.Task.Name}",
            [NumberHead("Predicted"), NumberHead("Observed"), NumberHead("95% interval"), NumberHead("Rows")],
            groups.Select(group => Tag("tr",
                Number(Training.Figures.Value(group.Prediction)),
                Number(Training.Figures.Value(group.Observed)),
                Number(Training.Figures.Interval(group.Low, group.High)),
                Number(Training.Figures.Count(group.Rows))))));
    }
}
