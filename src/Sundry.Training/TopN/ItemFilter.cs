using Sundry.Data;

namespace Sundry.Training;

/// <summary>Which items may stand in lists, by a condition on what is known of them.</summary>
public static class ItemFilter
{
    /// <summary>For each item whether the condition holds. The column <c>item</c> is the item's name; a value that is missing is an empty text.</summary>
    /// <param name="where">The condition.</param>
    /// <param name="items">The items with their columns.</param>
    /// <exception cref="InputException">The condition is none, names no column of the items, or holds for no item.</exception>
    public static bool[] Of(string where, Interactions items)
    {
        var filter = RowFilter.Parse(where);
        string[] known = ["item", .. items.ItemColumns.Select(c => c.Name)];
        if (filter.Columns.FirstOrDefault(c => !known.Contains(c)) is { } absent)
            throw new InputException($"the items have no column '{absent}'{NearestName.Ask(absent, known)} (theirs are {string.Join(", ", known)}); give a table of them with --items");
        var columns = filter.Columns.Select(name => items.ItemColumns.FirstOrDefault(c => c.Name == name)).ToArray();
        var allowed = new bool[items.ItemCount];
        for (var item = 0; item < allowed.Length; item++)
        {
            var number = item;
            allowed[item] = filter.Matches(column => columns[column] is not { } values ? items.Items.Text(number) : values[number] is >= 0 and var text ? values.Values.Text(text) : "");
        }

        return allowed.Contains(true) ? allowed : throw new InputException($"the condition '{where}' holds for no item; write another");
    }
}
