using System.Text;

namespace Sundry.Data;

/// <summary>A column of categories in which each brings those above it: <c>boots</c> becomes <c>boots|shoes|clothes</c>. Each text is made once, however many rows have it.</summary>
internal static class CategoryPaths
{
    /// <summary>The column with its paths; the category itself comes first.</summary>
    /// <param name="column">The column of categories.</param>
    /// <param name="log">Its tree.</param>
    /// <param name="feature">The feature, for messages.</param>
    /// <param name="separator">What stands between two values of a field.</param>
    /// <exception cref="InputException">The log has no tree, or the column is not of items or users.</exception>
    public static SampleColumn Of(SampleColumn column, EventLog log, string feature, string separator)
    {
        if (log.CategoryParents.Count == 0) throw new InputException($"features.{feature}.tree asks for a tree of categories, and the log has none; name its table as data.log.categories, or remove it");
        if (column is not { From: SampleColumn.Place.OfItem or SampleColumn.Place.OfUser, Attribute: { } attribute })
            throw new InputException($"features.{feature}.tree is about '{column.Name}', which is no column of the catalogue or the customers; name the column of categories as features.{feature}.of");
        var paths = new Names();
        var numbers = new List<int>();
        var values = new List<string>();
        // all that there are now, since rows are made by several threads; what comes later, by the one who encodes it
        Number(attribute.Values.Count - 1);
        return new SampleColumn(column.Name, column.From, paths, attribute, paths: Number);

        int Number(int value)
        {
            for (int i = numbers.Count; i <= value; i++)
            {
                values.Clear();
                foreach (var own in attribute.Values.Text(i).Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                    for (var at = own; at is not null && !values.Contains(at); at = log.CategoryParents.GetValueOrDefault(at)) values.Add(at);
                numbers.Add(paths.FindOrAdd(Encoding.UTF8.GetBytes(string.Join(separator, values))));
            }

            return value < 0 ? -1 : numbers[value];
        }
    }
}
