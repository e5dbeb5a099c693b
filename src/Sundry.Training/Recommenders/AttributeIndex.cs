using Sundry.Data;

namespace Sundry.Training;

/// <summary>
/// The attribute values of each user or item, numbered through all columns. A column that has more than one value for two of them (a title, a postcode) tells nothing about others, and is left out.
/// </summary>
internal sealed class AttributeIndex
{
    private readonly int[][] _of;

    public AttributeIndex(IReadOnlyList<NamedColumn> columns, int count)
    {
        _of = new int[count][];
        var lists = new List<int>[count];
        for (var i = 0; i < count; i++) lists[i] = [];
        foreach (var column in columns)
        {
            var values = new ItemValues(column, count);
            if (values.Values.Count * 2 > count) continue;
            for (var i = 0; i < count; i++)
                foreach (var value in values[i]) lists[i].Add(Count + value);
            Count += values.Values.Count;
        }

        for (var i = 0; i < count; i++) _of[i] = [.. lists[i]];
    }

    /// <summary>Values in all.</summary>
    public int Count { get; }

    /// <summary>The values of one.</summary>
    public ReadOnlySpan<int> this[int number] => _of[number];
}
