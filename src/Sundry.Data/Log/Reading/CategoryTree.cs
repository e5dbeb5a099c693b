namespace Sundry.Data;

/// <summary>Reads the tree of categories, which has to be one.</summary>
internal static class CategoryTree
{
    /// <summary>For each category its parent; empty where there is no table.</summary>
    /// <exception cref="InputException">The table cannot be read, a category has two parents, or a category is above itself.</exception>
    public static OrderedDictionary<string, string> Read(LogTableOptions? options, LogRequest request, MissingTexts missing, LogTally tally)
    {
        var parents = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        if (options is null) return parents;
        using var table = LogTable.Open(options, request, mayBeEmpty: true);
        int category = table.Require("category", options.Columns);
        int parent = table.Require("parent", options.Columns);
        while (table.Read())
        {
            var row = table.Current;
            if (missing.Contains(row[category]))
            {
                table.Refuse($"the category has no name; fill in the column '{table.Header[category]}'", category);
                continue;
            }

            if (missing.Contains(row[parent])) continue;
            var (name, above) = (row.Text(category), row.Text(parent));
            if (!parents.TryAdd(name, above) && parents[name] != above)
                table.Refuse($"the category {FieldText.Quote(name)} has the parent {FieldText.Quote(above)} here and {FieldText.Quote(parents[name])} above; give it one", parent);
        }

        tally.Refused.Add(table.Refused);
        tally.OtherRows += table.RowsRead;
        if (Cycle(parents) is { } cycle)
            throw new InputException($"the categories are no tree: {string.Join(" is below ", cycle.Select(name => FieldText.Quote(name)))}; give one of them another parent, or none", table.Name);
        return parents;
    }

    /// <summary>A category, those above it up to itself; null where there is no such round.</summary>
    private static List<string>? Cycle(OrderedDictionary<string, string> parents)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        var path = new List<string>();
        foreach (var start in parents.Keys)
        {
            path.Clear();
            var at = start;
            while (done.Add(at))
            {
                path.Add(at);
                if (!parents.TryGetValue(at, out at)) break;
            }

            // it came to one that was seen before: on this very path, or on an earlier one that ended well
            if (at is not null && path.IndexOf(at) is >= 0 and var from) return [.. path[from..], at];
        }

        return null;
    }
}
