using System.Xml.Linq;
using static Sundry.Training.Html;
using static Sundry.Training.TableParts;

namespace Sundry.Training;

/// <summary>How close every model came to the probabilities that a simulator drew from.</summary>
internal static class TruthSection
{
    public static XElement Draw(ReportModel model)
    {
        var tasks = model.Truth.Select(row => row.Task).Distinct().ToList();
        return Tag("section", With("id", "truth"),
            Tag("h2", "Against the truth"),
            Tag("p.lead", "The data was simulated, so the true probabilities and expectations are known. Labels are drawn from them by chance, which no model can foresee: what the truth itself scores is the best to hope for."),
            Table(
                "Distance from the truth, per task and model",
                [Head("Task"), Head("Model"), NumberHead("Distance from the truth"), NumberHead("Knowing nothing"), Head("Metric"), NumberHead("Model scores"), NumberHead("Truth scores"), NumberHead("Gap")],
                tasks.SelectMany((task, index) => model.Truth.Where(row => row.Task == task).Select((row, place) => Row(model, row, place, index)))),
            Tag("p.fine", "Distance: root mean squared difference between predicted and true value (RMSE). Knowing nothing: the same for predicting the mean truth for every row."));
    }

    private static XElement Row(ReportModel model, TruthReport row, int place, int index)
    {
        int task = model.Tasks.TakeWhile(t => t.Task.Name != row.Task).Count();
        var distance = row.Distance;
        double closest = model.Truth.Where(other => other.Task == row.Task).Select(other => other.Distance.Rmse).Min();
        bool best = distance.Rmse == closest && model.Truth.Count(other => other.Task == row.Task) > 1;
        return Tag(place == 0 ? "tr.first" : "tr",
            RowHead(TaskName(row.Task, task < model.Tasks.Count ? task : index)),
            Cell(row.Model),
            Tag("td.n", best ? Tag("span.star", With("title", "closest"), "★ ") : null, Figures.Value(distance.Rmse)),
            Number(Figures.Value(distance.Baseline)),
            Cell(MetricWords.Name(distance.Metric)),
            Number(Figures.Value(distance.Value)),
            Number(Figures.Value(distance.Ceiling)),
            Number(Figures.Value(Math.Abs(distance.Ceiling - distance.Value))));
    }
}
