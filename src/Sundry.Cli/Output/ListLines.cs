using System.Globalization;
using Sundry.Data;
using Sundry.Models;
using Sundry.Serving;

namespace Sundry.Cli;

/// <summary>A user's list, for people.</summary>
internal static class ListLines
{
    public static void Write(string title, EventLog log, Reasons reasons, IReadOnlyList<TaskHead> heads, IReadOnlyList<Recommendation> list)
    {
        Terminal.Say(title);
        var category = log.ItemColumns.FirstOrDefault(c => c.Name == "category");
        for (var place = 0; place < list.Count; place++)
        {
            var one = list[place];
            var kind = category is not null && category[one.Item] is >= 0 and var text ? $" ({category.Values.Text(text)})" : "";
            Terminal.Say($"  {place + 1}. {reasons.Name(one.Item)}{kind}: {string.Join(", ", heads.Select((head, h) => $"{head.Task.Name} {Output(head.Task, one.Outputs[h])}"))}");
            Terminal.Say($"     from {one.Source.Replace("|", " and ", StringComparison.Ordinal)}{(one.Reasons.Count > 0 ? ": " + string.Join("; ", one.Reasons) : "")}");
        }
    }

    private static string Output(TaskSchema task, float value) => task.Type switch
    {
        TaskType.Binary => value.ToString(value < 0.01 ? "0.00 %" : "0.0 %", CultureInfo.InvariantCulture),
        TaskType.Multiclass => task.Classes[(int)value],
        _ => value.ToString("0.0", CultureInfo.InvariantCulture),
    };
}
