using System.Xml.Linq;
using Sundry.Data;
using static Sundry.Training.Html;
using static Sundry.Training.TableParts;

namespace Sundry.Training;

/// <summary>What the rows are: parts, tasks, features, and what was refused.</summary>
internal static class DataSection
{
    public static XElement Draw(DataSummary data) => Tag("section", With("id", "data"),
        Tag("h2", "Data"),
        Tag("p.lead", Story(data)),
        data.Notes.Count > 0 ? Tag("ul.notes", data.Notes.Select(note => Tag("li", note))) : null,
        Table(
            "Rows in each part",
            [Head("Part"), NumberHead("Rows"), Head("Files")],
            data.Splits.Select(split => Tag("tr", RowHead(split.Name), Number(Figures.Count(split.Rows)), Tag("td.words", string.Join(", ", split.Files))))),
        data.Log is { } log ? LogSection.Draw(data, log) : null,
        data.Sources.Count > 0 ? Sources(data) : null,
        data.Tasks.Count > 0 ? Labels(data) : null,
        Refused(data),
        data.Features.Count > 0 ? Features(data) : null);

    private static string Story(DataSummary data) => string.Join(' ', new[]
    {
        data.Log is null ? $"{Figures.Count(data.RowsRead)} rows were read." : $"{Figures.Count(data.RowsRead)} rows were made of a log{(data.Samples.Count < Math.Max(1, data.Sources.Count) ? " or read" : "")}.",
        data.RowsRefused > 0 ? $"{Figures.Count(data.RowsRefused)} could not be read and were left out." : "None was refused.",
        data.RowsSampledOut > 0 ? $"{Figures.Count(data.RowsSampledOut)} negatives of the training part were left out by down-sampling; predicted probabilities are corrected for it." : "",
        data.SplitBy.Length > 0 ? data.SplitBy.TrimEnd('.') + "." : "",
    }.Where(sentence => sentence.Length > 0));

    private static XElement Sources(DataSummary data) => Table(
        "Rows of each source; features of equal name are one feature in all",
        [Head("Source"), NumberHead("Train"), NumberHead("Validation"), NumberHead("Test"), Head("Features")],
        data.Sources.Select(source => Tag("tr", RowHead(source.Name), Number(Figures.Count(source.Train)), Number(Figures.Count(source.Validation)), Number(Figures.Count(source.Test)), Tag("td.words", string.Join(", ", source.Features)))));

    private static XElement Labels(DataSummary data) => Tag("div",
        Tag("h3", "Labels"),
        Table(
            "Labels of each task in each part",
            [Head("Task"), Head("Column"), Head("Part"), NumberHead("Labelled"), NumberHead("Not in the task's rows"), NumberHead("Positive or mean"), Head("Classes")],
            data.Tasks.SelectMany((task, index) => task.Splits.Select((split, place) => Tag(place == 0 ? "tr.first" : "tr",
                RowHead(TaskName(task.Name, index)),
                Cell(task.Label),
                Cell(split.Split),
                Number(Figures.Count(split.Labelled)),
                Number(Figures.Count(split.Masked)),
                LabelMean(task, split),
                Tag("td.words", Values(split.Classes)))))));

    private static XElement LabelMean(TaskSummary task, TaskSplitSummary split) => task.Type == "binary" && split.Labelled > 0
        ? Tag("td.n", Figures.Percent(split.Positives / (double)split.Labelled), Tag("small", Figures.Count(split.Positives)))
        : Number(split.Mean is { } mean ? Figures.Value(mean) : "–");

    private static XElement? Refused(DataSummary data) => data.Refused.Count == 0 ? null : Tag("details",
        Tag("summary", $"Refused rows ({Figures.Count(data.RowsRefused)})"),
        Table(
            "Rows that could not be read",
            [Head("File"), NumberHead("Line"), Head("Why")],
            data.Refused.Select(row => Tag("tr", RowHead(row.File), Number(Figures.Count(row.Line)), Tag("td.words", row.Reason)))),
        data.RowsRefused > data.Refused.Count ? Tag("p.fine", $"The first {Figures.Count(data.Refused.Count)} of {Figures.Count(data.RowsRefused)}.") : null);

    private static XElement Features(DataSummary data)
    {
        long train = data.Splits.Count > 0 ? data.Splits[0].Rows : 0;
        return Tag("details",
            Tag("summary", $"Features ({data.Features.Count(f => f.Dropped is null)} used{(data.Features.Any(f => f.Dropped is not null) ? $", {data.Features.Count(f => f.Dropped is not null)} left out" : "")})"),
            Table(
                "Features, as the training part shows them",
                [Head("Feature"), Head("Kind"), NumberHead("Distinct"), NumberHead("Missing"), NumberHead("Too rare"), Head("Values"), Head("Encoding")],
                data.Features.Select(feature => Tag(feature.Dropped is null ? "tr" : "tr.dropped",
                    RowHead(feature.Name),
                    Cell(feature.Kind),
                    Number(feature.Distinct > 0 ? Figures.Count(feature.Distinct) : "–"),
                    Number(Share(feature.Missing, train)),
                    Number(Share(feature.Unknown, train)),
                    Tag("td.words", feature.Mean is { } mean
                        ? $"{Figures.Value(feature.Minimum ?? double.NaN)} to {Figures.Value(feature.Maximum ?? double.NaN)}, mean {Figures.Value(mean)}, sd {Figures.Value(feature.StandardDeviation ?? double.NaN)}"
                        : Values(feature.Top.Take(3))),
                    Tag("td.words", feature.Dropped is { } why ? "left out: " + why : feature.Encoding)))));
    }

    private static string Share(long count, long rows) => count == 0 ? "0" : rows > 0 ? Figures.Percent(count / (double)rows) : Figures.Count(count);

    private static string Values(IEnumerable<ValueCount> values) => string.Join(", ", values.Take(6).Select(value => $"{Shorten(value.Value)} ({Figures.Count(value.Count)})"));

    private static string Shorten(string value) => value.Length == 0 ? "(empty)" : value.Length <= 40 ? value : value[..39] + "…";
}
