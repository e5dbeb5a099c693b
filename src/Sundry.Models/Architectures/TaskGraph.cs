using Sundry.Data;

namespace Sundry.Models;

/// <summary>The order that tasks are in by what each comes after.</summary>
internal static class TaskGraph
{
    /// <summary>The tasks that come right before one, as places in the list.</summary>
    public static int[] Before(IReadOnlyList<TaskSchema> tasks, int task) =>
        [.. Enumerable.Range(0, tasks.Count).Where(other => tasks[task].After.Contains(tasks[other].Name, StringComparer.Ordinal))];

    /// <summary>Places in the list, every task behind all that come before it.</summary>
    public static IReadOnlyList<int> Order(IReadOnlyList<TaskSchema> tasks)
    {
        var order = new List<int>();
        while (order.Count < tasks.Count)
        {
            var ready = Enumerable.Range(0, tasks.Count).Where(t => !order.Contains(t) && Before(tasks, t).All(order.Contains)).ToList();
            if (ready.Count == 0) throw new InputException("the tasks go round in a circle; remove one 'after' of it");
            order.AddRange(ready);
        }

        return order;
    }

    /// <summary>Why an architecture that goes along the order cannot: no task says what it comes after, or one says too much.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <param name="architecture">Its name.</param>
    /// <param name="most">The most tasks that may come right before one.</param>
    public static string? Refuse(IReadOnlyList<TaskSchema> tasks, string architecture, int most = int.MaxValue)
    {
        if (tasks.Count > 1 && tasks.All(t => t.After.Count == 0))
            return $"'{architecture}' follows the order of the tasks, and none says what it comes after; write it under the later one, such as '{tasks[^1].Name}: {{after: {tasks[0].Name}}}', or choose another architecture";
        return tasks.FirstOrDefault(t => t.After.Count > most) is { } many
            ? $"task '{many.Name}' comes after {string.Join(" and ", many.After)}, and '{architecture}' needs to know the one right before it; keep that one, or choose dbmtl"
            : null;
    }
}
