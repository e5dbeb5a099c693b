using System.Xml.Linq;
using static Sundry.Training.Html;
using static Sundry.Training.TableParts;

namespace Sundry.Training;

/// <summary>Every metric of every task, on validation and test rows.</summary>
internal static class MetricTables
{
    public static XElement Draw(ReportModel model) => Tag("section", With("id", "metrics"),
        Tag("h2", "All metrics"),
        model.Tasks.Select((task, index) => Tag("details", index == 0 ? With("open", "open") : null,
            Tag("summary", TaskName(task.Task.Name, index)),
            Table(
                $"Metrics of {task.Task.Name}",
                [Head("Metric"), NumberHead("Validation"), .. task.Test.Count > 0 ? [NumberHead("Test")] : Array.Empty<XElement>(), Head("Better"), Head("What it is")],
                task.Validation.Select(v => v.Name).Concat(task.Test.Select(v => v.Name)).Distinct().Select(metric => Tag("tr",
                    RowHead(MetricWords.Name(metric)),
                    Value(task.Validation.FirstOrDefault(v => v.Name == metric)),
                    task.Test.Count > 0 ? Value(task.Test.FirstOrDefault(v => v.Name == metric)) : null,
                    Tag("td.tight", MetricWords.Direction(metric)),
                    Tag("td.words", MetricWords.Meaning(metric))))))));
}
