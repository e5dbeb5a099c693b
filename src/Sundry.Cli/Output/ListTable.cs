using Spectre.Console;
using Sundry.Data;
using Sundry.Models;
using Sundry.Serving;

namespace Sundry.Cli;

/// <summary>A user's list, for people.</summary>
internal static class ListTable
{
    public static void Write(string title, EventLog log, Reasons reasons, IReadOnlyList<TaskHead> heads, IReadOnlyList<Recommendation> list)
    {
        var table = new Table().Title(Markup.Escape(title)).Border(TableBorder.Rounded).AddColumn("item").AddColumn("category");
        foreach (var head in heads) table.AddColumn(new TableColumn(new Text(head.Task.Name)).RightAligned());
        table.AddColumn("from").AddColumn("because");
        var category = log.ItemColumns.FirstOrDefault(c => c.Name == "category");
        foreach (var one in list)
        {
            table.AddRow(
            [
                new Text(reasons.Name(one.Item)),
                new Text(category is not null && category[one.Item] is >= 0 and var text ? category.Values.Text(text) : ""),
                .. heads.Select((head, h) => new Text(Output(head.Task, one.Outputs[h]))),
                new Text(one.Source),
                new Text(string.Join("; ", one.Reasons)),
            ]);
        }

        Terminal.People.Write(table);
    }

    private static string Output(TaskSchema task, float value) => task.Type switch
    {
        TaskType.Binary => value.ToString(value < 0.01 ? "0.00 %" : "0.0 %"),
        TaskType.Multiclass => task.Classes[(int)value],
        _ => value.ToString("0.0"),
    };
}
