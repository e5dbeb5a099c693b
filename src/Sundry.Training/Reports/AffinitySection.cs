using System.Xml.Linq;
using static Sundry.Training.Html;
using static Sundry.Training.TableParts;

namespace Sundry.Training;

/// <summary>What <c>affinity</c> found: what to try, what a step for one task does to the others, and which tasks to learn together.</summary>
internal static class AffinitySection
{
    public static XElement Draw(AffinityResult result)
    {
        double full = result.LookAhead.SelectMany((row, i) => row.Where((_, j) => i != j)).Where(double.IsFinite).Select(Math.Abs).Append(1e-9).Max();
        string Share(double value) => Figures.SignedPercent(value, full);
        return Tag("section", With("id", "affinity"),
            Tag("h2", "Which tasks help each other"),
            Tag("ul.notes", result.Told().Select(finding => Tag("li", finding.Sentence, finding.Setting.Length > 0 ? new object[] { " ", Tag("code", "--set " + finding.Setting) } : null))),
            Table(
                "Look-ahead affinity: the share of its loss that the task of the column gains from a step for the task of the row alone",
                [Head("A step for"), .. result.Tasks.Select(NumberHead)],
                result.Tasks.Select((task, i) => Tag("tr",
                    RowHead(TaskName(task, i)),
                    result.Tasks.Select((_, j) => i == j
                        ? Tag("td.n", Share(result.LookAhead[i][j]), Tag("small", "itself"))
                        : HeatMap.Cell(result.LookAhead[i][j], full, Share(result.LookAhead[i][j]), double.IsNaN(result.Errors[i][j]) ? null : Tag("small", "± " + Figures.Percent(2 * result.Errors[i][j], full))))))),
            HeatMap.Scale(full, Share, "harms", "helps"),
            Tag("h3", "Which to learn together"),
            Tag("p.lead", result.Advice),
            Table(
                "The best division of the tasks among so many models",
                [NumberHead("Models"), Head("Tasks"), NumberHead("Score")],
                result.Groupings.Select((grouping, k) => Tag(k + 1 == result.Advised ? "tr.best" : "tr",
                    Tag("th.n", With("scope", "row"), Figures.Count(k + 1), k + 1 == result.Advised ? " ★" : null),
                    Tag("td.words", string.Join(" | ", grouping.Groups.Select(group => string.Join(", ", group)))),
                    Number(Share(grouping.Score))))),
            Tag("p.fine",
                $"Measured while {result.Architecture} was trained, in {Figures.Count(result.Steps)} steps: the shared weights are moved along one task's gradient, every loss is computed again on the same rows, and the weights are put back. ",
                "Small figures are two standard errors. The score adds up, over tasks, the mean affinity onto each from the others of its group; a task alone counts 0",
                result.Groupings.Any(g => !g.Exact) ? ", and with so many tasks the divisions were searched rather than all compared" : "",
                ". It says what helps learning on the rows it learns from, not what generalises: ", Tag("code", "sundry compare"), " has the last word."));
    }
}
