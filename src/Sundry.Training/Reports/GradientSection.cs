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
        PairRecord[] measured = [.. all.Pairs.Where(pair => pair.Steps > 0)];
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
                    Norm(all.Norms[task])))),
            Cosines(),
            measured.Length == all.Pairs.Count ? null : Tag("p.fine", "“·”: not measured, since no step that was looked at held gradients of both tasks. Tasks of different sources meet where “training.sources” is mixed."),
            layers.Length < 2 ? null : Tag("details", Tag("summary", "Where in the model they agree"), Layers(measured, layers)),
            epochs.Length < 2 ? null : Tag("details", Tag("summary", "How it went over the epochs"),
                Tag("div.plots.three", tasks.Select((task, index) => Chart(epochs, [.. tasks.Where(other => all.Between(task, other) is { Steps: > 0 })], task, index)))),
            epochs.Length == 0 ? null : Tag("details", Tag("summary", "The epochs in figures"), Figured(epochs, tasks, measured)),
            Tag("p.fine",
                "Gradients of each task's own loss with respect to the shared weights, embeddings among them, before the optimiser and before balancing. 1: two tasks ask for the same change; 0: for changes that do not touch each other; −1: for opposite ones. ",
                $"They were compared in {Figures.Count(all.Steps)} steps, which changed nothing of the training."));
    }

    private static XElement Layers(PairRecord[] measured, string[] layers) => Table(
        "Mean cosine by shared layer",
        [Head("Pair"), .. layers.Select(NumberHead)],
        measured.Select(pair => Tag("tr",
            RowHead($"{pair.First}, {pair.Second}"),
            layers.Select(layer => pair.Layers.GetValueOrDefault(layer, double.NaN) is var cosine ? HeatMap.Cell(cosine, 1, Figures.TwoDecimals(cosine)) : null))));

    private static XElement Cosines() => HeatMap.Scale(1, Figures.TwoDecimals, "apart", "together");

    private static XElement Pair(PairRecord pair) => HeatMap.Cell(
        pair.Cosine, 1, Figures.TwoDecimals(pair.Cosine), Tag("small", $"apart in {Math.Round(100 * pair.Conflicts):0}%"));

    private static string Story(GradientRecord all)
    {
        var worst = all.Pairs.Where(pair => pair.Steps > 0).MaxBy(pair => pair.Conflicts);
        if (worst is null) return "No step that was looked at held gradients of two tasks, so that there is nothing to compare.";
        string share = $"{Math.Round(100 * worst.Conflicts):0}%";
        return PairFindings.Apart(worst)
            ? $"The gradients of {worst.First} and {worst.Second} point apart in {share} of the steps, more often than not: each undoes part of what the other learns. “sundry affinity” says whether that does harm, and what to try."
            : $"No two tasks clearly pull apart; {worst.First} and {worst.Second} do most often, in {share} of the steps. Half is what tasks do that have nothing to do with each other.";
    }

    private static XElement? Chart(EpochRecord[] all, string[] others, string task, int index)
    {
        // an epoch of one source has nothing of the others
        EpochRecord[] epochs = [.. all.Where(epoch => others.Any(other => double.IsFinite(Cosine(epoch, task, other))))];
        return epochs.Length == 0 ? null : CurveSection.Figure(task, index, "mean cosine with each other task", new LineChart
        {
            Title = $"Cosine of the gradient of {task} with those of other tasks, per epoch",
            Description = string.Join(' ', others.Select(other => Ends(all, task, other))),
            XLabel = "epoch",
            YLabel = "cosine",
            WholeX = true,
            Series = [.. others.Select((other, i) => new Series(other, [.. epochs.Select(epoch => new CurvePoint(epoch.Epoch, Cosine(epoch, task, other)))], (Stroke)(i % 3), Marked: true))],
        }.Draw());
    }

    private static string Ends(EpochRecord[] all, string task, string other)
    {
        EpochRecord[] seen = [.. all.Where(epoch => double.IsFinite(Cosine(epoch, task, other)))];
        var (first, last) = (seen[0], seen[^1]);
        return $"With {other}: {Figures.TwoDecimals(Cosine(first, task, other))} in {(first == all[0] ? "the first epoch" : $"epoch {first.Epoch}")}, "
            + $"{Figures.TwoDecimals(Cosine(last, task, other))} in {(last == all[^1] ? "the last" : $"epoch {last.Epoch}")}.";
    }

    private static XElement Figured(EpochRecord[] epochs, string[] tasks, PairRecord[] measured) => Table(
        "Gradients per epoch",
        [
            NumberHead("Epoch"), NumberHead("Steps"),
            .. tasks.Select(task => NumberHead($"{task}, norm")),
            .. measured.Select(pair => NumberHead($"{pair.First}, {pair.Second}")),
        ],
        epochs.Select(epoch => Tag("tr",
            Tag("th.n", With("scope", "row"), Figures.Count(epoch.Epoch)),
            Number(Figures.Count(epoch.Gradients!.Steps)),
            tasks.Select(task => Norm(epoch.Gradients.Norms[task])),
            measured.Select(pair => Pair(epoch.Gradients.Between(pair.First, pair.Second)!)))));

    private static XElement Norm(double norm) => double.IsNaN(norm) ? Tag("td.n.blank", "·") : Number(Figures.Value(norm));

    private static double Cosine(EpochRecord epoch, string task, string other) => epoch.Gradients!.Between(task, other)?.Cosine ?? double.NaN;
}
