using Sundry.Data;

namespace Sundry.Training;

/// <summary>The values of one attribute by item or user, where a text may join several by <c>|</c>.</summary>
internal sealed class ItemValues
{
    private readonly int[][] _of;

    /// <summary>Splits a column's texts.</summary>
    public ItemValues(NamedColumn column, int count)
    {
        var parts = new int[column.Values.Count][];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = [.. column.Values.Text(i).Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Values.FindOrAdd).Distinct().Order()];
        _of = new int[count][];
        for (var i = 0; i < count; i++) _of[i] = column[i] is >= 0 and var text ? parts[text] : [];
    }

    /// <summary>The values' names.</summary>
    public Names Values { get; } = new();

    /// <summary>The values of an item, ascending.</summary>
    public ReadOnlySpan<int> this[int item] => _of[item];

    /// <summary>The column called so.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static NamedColumn Require(IReadOnlyList<NamedColumn> columns, string name, string whose) =>
        columns.FirstOrDefault(c => c.Name == name) ?? throw new InputException(columns.Count == 0
            ? $"the {whose} have no columns, so there is none called '{name}'; give a table of them"
            : $"the {whose} have no column '{name}'{NearestName.Ask(name, columns.Select(c => c.Name))} (theirs are {string.Join(", ", columns.Select(c => c.Name))})");

    /// <summary>Shared values by all values of two items (Jaccard); 0 where either has none.</summary>
    public double Likeness(int a, int b)
    {
        var (left, right) = (_of[a], _of[b]);
        if (left.Length == 0 || right.Length == 0) return 0;
        int shared = 0, i = 0, j = 0;
        while (i < left.Length && j < right.Length)
        {
            var order = left[i].CompareTo(right[j]);
            if (order == 0) shared++;
            if (order <= 0) i++;
            if (order >= 0) j++;
        }

        return (double)shared / (left.Length + right.Length - shared);
    }
}
