using System.Globalization;
using Spectre.Console;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary>The tables at the end of affinity, and what they come to.</summary>
internal static class AffinityTables
{
    public static void Write(AffinityResult result)
    {
        var cosines = Square("mean cosine of gradients, and the share of steps that are apart", "task", result.Tasks);
        foreach (var task in result.Tasks)
            cosines.AddRow([new Text(task), .. result.Tasks.Select(other => Cell(task == other ? null : result.Gradients.Between(task, other)))]);
        Terminal.People.Write(cosines);

        var ahead = Square("what a step for one task takes off the loss of each, % (look-ahead affinity)", "a step for", result.Tasks);
        for (var i = 0; i < result.Tasks.Count; i++)
            ahead.AddRow([new Text(result.Tasks[i]), .. result.LookAhead[i].Select((z, j) => new Text(double.IsNaN(z) ? "–" : $"{Number(100 * z, "+0.000;-0.000;0.000")}\n± {Number(200 * result.Errors[i][j], "0.000")}"))]);
        Terminal.People.Write(ahead);

        var groups = new Table().Title("best division among models").Border(TableBorder.Rounded).AddColumn("models").AddColumn("tasks").AddColumn(new TableColumn("score, %").RightAligned());
        for (var k = 0; k < result.Groupings.Count; k++)
            groups.AddRow(
                new Text($"{k + 1}{(k + 1 == result.Advised ? " ★" : "")}"), new Text(string.Join(" | ", result.Groupings[k].Groups.Select(g => string.Join(", ", g)))),
                new Text(Number(100 * result.Groupings[k].Score, "+0.000;-0.000;0.000")));
        Terminal.People.Write(groups);
        Terminal.Say(result.Advice);
        foreach (var finding in result.Told())
            Terminal.Say($"- {finding.Sentence}{(finding.Setting.Length > 0 ? $" --set {finding.Setting}" : "")}");
    }

    private static Table Square(string title, string corner, IReadOnlyList<string> tasks)
    {
        var table = new Table().Title(title).Border(TableBorder.Rounded).AddColumn(corner);
        foreach (var task in tasks) table.AddColumn(new TableColumn(new Text(task)).RightAligned());
        return table;
    }

    private static Text Cell(PairRecord? pair) =>
        new(pair is null || double.IsNaN(pair.Cosine) ? "–" : $"{Number(pair.Cosine, "0.00;-0.00;0.00")}\n{Number(100 * pair.Conflicts, "0")}%");

    private static string Number(double value, string format) => double.IsNaN(value) ? "–" : value.ToString(format, CultureInfo.InvariantCulture);
}
