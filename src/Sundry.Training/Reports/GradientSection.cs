using System.Xml.Linq;
using static Sundry.Training.Html;
using static Sundry.Training.TableParts;

namespace Sundry.Training;

/// <summary>Whether the tasks' gradients point the same way: cosines and conflicts of every pair, layer by layer and epoch by epoch.</summary>
internal static class GradientSection
{
    public static XElement? Draw(ReportModel model)
    {
        if (GradientRecord.Over(model.History) is not { } all) return null;
        string[] tasks = [.. all.Norms.Keys];
        string[] layers = [.. all.Pairs.SelectMany(pair => pair.Layers.Keys).Distinct()];
        EpochRecord[] epochs = [.. model.History.Where(epoch => epoch.Gradients is not null)];
        return Tag("section", With("id", "gradients"),
            Tag("h2", "Do the tasks agree?"),
            Tag("p.lead", Story(all)),
            Table(
                "Mean cosine of the gradients of two tasks, and the share of steps in which it was negative",
                [Head("Task"), .. tasks.Select(NumberHead), NumberHead("Mean norm")],
                tasks.Select((task, row) => Tag("tr",
                    RowHead(TaskName(task, row)),
                    tasks.Select((other, column) => row == column ? Tag("td.n.blank", "–") : Pair(all.Between(task, other)!)),
                    Number(Figures.Value(all.Norms[task]))))),
            Cosines(),
            layers.Length < 2 ? null : Tag("details", Tag("summary", "Where in the model they agree"), Layers(all, layers)),
            epochs.Length < 2 ? null : Tag("details", Tag("summary", "How it went over the epochs"), Tag("div.plots.three", tasks.Select((task, index) => Chart(epochs, tasks, task, index)))),
            epochs.Length == 0 ? null : Tag("details", Tag("summary", "The epochs in figures"), Figured(epochs, tasks)),
            Tag("p.fine",
                "Gradients of each task's own loss with respect to the shared weights, embeddings among them, before the optimiser and before balancing. 1: two tasks ask for the same change; 0: for changes that do not touch each other; −1: for opposite ones. ",
                $"They were compared in {Figures.Count(all.Steps)} steps, which changed nothing of the training."));
    }

    private static XElement Layers(GradientRecord all, string[] layers) => Table(
        "Mean cosine by shared layer",
        [Head("Pair"), .. layers.Select(NumberHead)],
        all.Pairs.Select(pair => Tag("tr",
            RowHead($"{pair.First}, {pair.Second}"),
            layers.Select(layer => pair.Layers.GetValueOrDefault(layer, double.NaN) is var cosine ? HeatMap.Cell(cosine, 1, Figures.TwoDecimals(cosine)) : null))));

    private static XElement Cosines() => HeatMap.Scale(1, Figures.TwoDecimals, "apart", "together");

    private static XElement Pair(PairRecord pair) => HeatMap.Cell(
        pair.Cosine, 1, Figures.TwoDecimals(pair.Cosine), Tag("small", $"apart in {Math.Round(100 * pair.Conflicts):0}%"));

    private static string Story(GradientRecord all)
    {
        var worst = all.Pairs.Where(pair => pair.Steps > 0).MaxBy(pair => pair.Conflicts);
        if (worst is null) return "No step that was looked at held rows of two tasks.";
        string share = $"{Math.Round(100 * worst.Conflicts):0}%";
        return PairFindings.Apart(worst)
            ? $"The gradients of {worst.First} and {worst.Second} point apart in {share} of the steps, more often than not: each undoes part of what the other learns. “sundry affinity” says whether that does harm, and what to try."
            : $"No two tasks clearly pull apart; {worst.First} and {worst.Second} do most often, in {share} of the steps. Half is what tasks do that have nothing to do with each other.";
    }

    private static XElement Chart(EpochRecord[] epochs, string[] tasks, string task, int index)
    {
        string[] others = [.. tasks.Where(other => other != task)];
        return CurveSection.Figure(task, index, "mean cosine with each other task", new LineChart
        {
            Title = $"Cosine of the gradient of {task} with those of other tasks, per epoch",
            Description = string.Join(' ', others.Select(other =>
                $"With {other}: {Figures.TwoDecimals(Cosine(epochs[0], task, other))} in the first epoch, {Figures.TwoDecimals(Cosine(epochs[^1], task, other))} in the last.")),
            XLabel = "epoch",
            YLabel = "cosine",
            WholeX = true,
            Series = [.. others.Select((other, i) => new Series(other, [.. epochs.Select(epoch => new CurvePoint(epoch.Epoch, Cosine(epoch, task, other)))], (Stroke)(i % 3), Marked: true))],
        }.Draw());
    }

    private static XElement Figured(EpochRecord[] epochs, string[] tasks) => Table(
        "Gradients per epoch",
        [
            NumberHead("Epoch"), NumberHead("Steps"),
            .. tasks.Select(task => NumberHead($"{task}, norm")),
            .. epochs[0].Gradients!.Pairs.Select(pair => NumberHead($"{pair.First}, {pair.Second}")),
        ],
        epochs.Select(epoch => Tag("tr",
            Tag("th.n", With("scope", "row"), Figures.Count(epoch.Epoch)),
            Number(Figures.Count(epoch.Gradients!.Steps)),
            tasks.Select(task => Number(Figures.Value(epoch.Gradients.Norms[task]))),
            epoch.Gradients.Pairs.Select(pair => double.IsNaN(pair.Cosine) ? Number("–") : Pair(pair)))));

    private static double Cosine(EpochRecord epoch, string task, string other) => epoch.Gradients!.Between(task, other)?.Cosine ?? double.NaN;
}
