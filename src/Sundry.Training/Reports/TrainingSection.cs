using System.Xml.Linq;
using static Sundry.Training.Html;
using static Sundry.Training.TableParts;

namespace Sundry.Training;

/// <summary>Loss and metric of every task over the epochs, the kept epoch marked.</summary>
internal static class TrainingSection
{
    public static XElement Draw(ReportModel model) => Tag("section", With("id", "training"),
        Tag("h2", "Training"),
        Tag("p.lead", Story(model)),
        model.History.Count < 2 ? null : Tag("div.plots", model.Tasks.SelectMany((task, index) => Charts(model, task, index))),
        model.History.Count < 2 || !Weighed(model) ? null : Tag("div.plots.three", model.Tasks.Select((task, index) => WeightChart(model, task, index))),
        Tag("details", model.History.Count < 2 ? With("open", "open") : null,
            Tag("summary", "The epochs in figures"),
            Table(
                "Loss and metric per epoch",
                [
                    NumberHead("Epoch"),
                    .. model.Tasks.SelectMany(task => (XElement[])[NumberHead($"{task.Task.Name}, training loss"), NumberHead($"{task.Task.Name}, {MetricWords.Name(TaskMetrics.For(task.Task))}")]),
                    .. Weighed(model) ? model.Tasks.Select(task => NumberHead($"{task.Task.Name}, weight")) : [],
                    NumberHead("Learning rate"), NumberHead("Time"),
                ],
                model.History.Select(epoch => Tag(epoch.Epoch == model.BestEpoch ? "tr.best" : "tr",
                    Tag("th.n", With("scope", "row"), Figures.Count(epoch.Epoch), epoch.Epoch == model.BestEpoch ? " ★" : null),
                    model.Tasks.SelectMany(task => (XElement[])[
                        Number(Figures.Value(Loss(epoch, task))),
                        Number(Figures.Value(Validation(epoch, task, TaskMetrics.For(task.Task))))]),
                    Weighed(model) ? model.Tasks.Select(task => Number(Figures.Value(Weight(epoch, task)))) : null,
                    Number(Figures.Scientific(epoch.LearningRate)),
                    Number(Figures.Duration(epoch.Seconds)))))));

    private static string Story(ReportModel model)
    {
        int epochs = model.History.Count;
        string best = model.BestEpoch is { } kept ? $" The weights of epoch {kept} were kept, the best by validation." : "";
        return $"{epochs} epoch{(epochs == 1 ? "" : "s")} in {Figures.Duration(model.Seconds)}.{best}{(model.Ending.Length > 0 ? " " + model.Ending : "")}";
    }

    private static IEnumerable<XElement> Charts(ReportModel model, TaskReport task, int index)
    {
        string name = task.Task.Name, metric = TaskMetrics.For(task.Task);
        (double, string)? mark = model.BestEpoch is { } best ? (best, $"best: epoch {best}") : null;
        var loss = Points(model, epoch => Loss(epoch, task));
        var held = Points(model, epoch => Validation(epoch, task, "loss"));
        yield return CurveSection.Figure(name, index, "loss", new LineChart
        {
            Title = $"Loss of {name} per epoch",
            Description = $"Training loss goes from {First(loss)} to {Last(loss)}" + (Defined(held) ? $", validation loss from {First(held)} to {Last(held)}." : "."),
            XLabel = "epoch",
            YLabel = "loss",
            WholeX = true,
            Mark = mark,
            Series = Defined(held) ? [new("training", loss, Marked: true), new("validation", held, Stroke.Dashed, Marked: true)] : [new("training", loss, Marked: true)],
        }.Draw());

        var judged = Points(model, epoch => Validation(epoch, task, metric));
        string what = $"validation {MetricWords.Name(metric)}, {MetricWords.Direction(metric)} is better";
        yield return CurveSection.Figure(name, index, what, !Defined(judged) ? CurveSection.Missing(task.Validation.FirstOrDefault(v => v.Name == metric)?.Reason ?? "it was not computed") : new LineChart
        {
            Title = $"Validation {MetricWords.Name(metric)} of {name} per epoch",
            Description = $"It goes from {First(judged)} to {Last(judged)}" + (model.BestEpoch is { } kept ? $"; epoch {kept} was kept." : "."),
            XLabel = "epoch",
            YLabel = MetricWords.Name(metric),
            WholeX = true,
            Mark = mark,
            Series = [new("", judged, Stroke.Dashed, Marked: true)],
        }.Draw());
    }

    private static XElement? WeightChart(ReportModel model, TaskReport task, int index)
    {
        var weights = Points(model, epoch => Weight(epoch, task));
        if (!Defined(weights)) return null;
        return CurveSection.Figure(task.Task.Name, index, $"mean weight in the step, by {model.Balancing}", new LineChart
        {
            Title = $"Weight of {task.Task.Name} per epoch",
            Description = $"Balancing gave it a mean weight of {First(weights)} in the first epoch and {Last(weights)} in the last.",
            XLabel = "epoch",
            YLabel = "weight",
            WholeX = true,
            Series = [new("", weights, Marked: true)],
        }.Draw());
    }

    // weights that never change have nothing to tell
    private static bool Weighed(ReportModel model) => model.Tasks.Any(task =>
    {
        double[] weights = [.. model.History.Select(epoch => Weight(epoch, task)).Where(double.IsFinite)];
        return weights.Length > 0 && weights.Max() - weights.Min() > 1e-9 * Math.Abs(weights[0]);
    });

    private static double Weight(EpochRecord epoch, TaskReport task) =>
        epoch.Weights is { } weights && weights.TryGetValue(task.Task.Name, out double weight) ? weight : double.NaN;

    private static double Loss(EpochRecord epoch, TaskReport task) => epoch.TrainLoss.TryGetValue(task.Task.Name, out double loss) ? loss : double.NaN;

    private static double Validation(EpochRecord epoch, TaskReport task, string metric) =>
        epoch.Validation.TryGetValue(task.Task.Name, out var metrics) && metrics.TryGetValue(metric, out double value) ? value : double.NaN;

    private static CurvePoint[] Points(ReportModel model, Func<EpochRecord, double> value) => [.. model.History.Select(epoch => new CurvePoint(epoch.Epoch, value(epoch)))];

    private static bool Defined(CurvePoint[] points) => points.Any(point => double.IsFinite(point.Y));

    private static string First(CurvePoint[] points) => Figures.Value(points.FirstOrDefault(p => double.IsFinite(p.Y), new(0, double.NaN)).Y);

    private static string Last(CurvePoint[] points) => Figures.Value(points.LastOrDefault(p => double.IsFinite(p.Y), new(0, double.NaN)).Y);
}
