namespace Sundry.Data;

/// <summary>The rules for what tasks and sources say of each other: every task's source is there, every source has a task, and tasks that name one another are about the same rows.</summary>
public static class SourceRelations
{
    /// <summary>Every broken rule: the task and the key below it, or the source where the task is null, and the message.</summary>
    public static IEnumerable<(string? Task, string Key, string Message)> Check(DataOptions data, IReadOnlyDictionary<string, TaskOptions> tasks)
    {
        string[] names = [SourceSchema.Main, .. data.Sources.Keys];
        foreach (var (name, task) in tasks)
            if (!names.Contains(task.Source, StringComparer.Ordinal))
                yield return (name, "source", $"there is no source '{task.Source}'{NearestName.Ask(task.Source, names)} (they are {string.Join(", ", names)}); further ones are declared under 'data.sources'");
        foreach (var name in data.Sources.Keys)
        {
            if (name == SourceSchema.Main)
                yield return (null, name, $"'{SourceSchema.Main}' is the source that 'data.train' names; give this one another name");
            else if (tasks.Values.All(task => task.Source != name))
                yield return (null, name, $"no task is about the source '{name}'; write 'source: {name}' under one, or remove the source");
        }

        if (data.Sources.Count > 0 && tasks.Values.All(task => task.Source != SourceSchema.Main) && tasks.Values.All(task => names.Contains(task.Source, StringComparer.Ordinal)))
            yield return (null, data.Sources.Keys.First(), $"no task is about the rows of 'data.train'; make the source '{data.Sources.Keys.First()}' the main one, or add a task");
        foreach (var (key, of) in new (string, Func<TaskOptions, IReadOnlyList<string>>)[] { ("after", t => t.After), ("at_most", t => t.AtMost) })
            foreach (var (name, task) in tasks)
                foreach (var other in of(task))
                    if (tasks.TryGetValue(other, out var before) && before.Source != task.Source)
                        yield return (name, key, $"'{other}' is about the source '{before.Source}' and '{name}' about '{task.Source}', so that no row has both; remove it from '{key}'");
    }
}
