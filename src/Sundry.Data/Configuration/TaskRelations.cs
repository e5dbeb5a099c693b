namespace Sundry.Data;

/// <summary>The rules for what tasks say of each other: every name is another task, and no way along them leads back to its beginning.</summary>
public static class TaskRelations
{
    /// <summary>Every broken rule: the task, the key below it, and the message.</summary>
    public static IEnumerable<(string Task, string Key, string Message)> Check(IReadOnlyDictionary<string, TaskOptions> tasks)
    {
        foreach (var (key, of) in new (string, Func<TaskOptions, IReadOnlyList<string>>)[] { ("after", t => t.After), ("at_most", t => t.AtMost) })
        {
            var unknown = false;
            foreach (var (name, task) in tasks)
            {
                foreach (var other in of(task))
                {
                    if (other == name) yield return (name, key, $"a task cannot stand in its own '{key}'; remove it");
                    if (tasks.ContainsKey(other)) continue;
                    unknown = true;
                    yield return (name, key, $"there is no task '{other}'{NearestName.Ask(other, tasks.Keys)} (they are {string.Join(", ", tasks.Keys)})");
                }

                if (of(task).Distinct(StringComparer.Ordinal).Count() < of(task).Count) yield return (name, key, $"'{key}' names a task twice; remove one");
            }

            if (!unknown && Cycle(tasks, of) is { } cycle)
                yield return (cycle[0], key, $"the tasks go round in a circle ({string.Join(" \u2192 ", cycle)}); remove one '{key}' of it");
        }

        foreach (var (name, task) in tasks)
            foreach (var other in task.AtMost)
                if (tasks.TryGetValue(other, out var above) && above.Type != TaskType.Binary)
                    yield return (name, "at_most", $"'at_most' compares probabilities, and task '{other}' is not binary; remove it");
        if (tasks.Count > 0 && tasks.Values.All(task => !task.Main))
            yield return (tasks.Keys.First(), "main", "every task has 'main: false', so that nothing would be predicted; remove one");
    }

    // the first circle found, its beginning repeated at its end
    private static List<string>? Cycle(IReadOnlyDictionary<string, TaskOptions> tasks, Func<TaskOptions, IReadOnlyList<string>> of)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        var way = new List<string>();
        foreach (var name in tasks.Keys)
            if (Walk(name) is { } cycle)
                return cycle;
        return null;

        List<string>? Walk(string name)
        {
            if (way.IndexOf(name) is >= 0 and var at) return [.. way[at..], name];
            if (!done.Add(name)) return null;
            way.Add(name);
            foreach (var other in of(tasks[name]))
                if (Walk(other) is { } cycle)
                    return cycle;
            way.RemoveAt(way.Count - 1);
            return null;
        }
    }
}
