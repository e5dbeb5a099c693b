using Sundry.Data;

namespace Sundry.Models;

/// <summary>Which rows of which table each field has: fields that name the same table have the same, the others rows of their own, tables being told apart by width.</summary>
internal sealed class TableRanges
{
    private readonly Dictionary<string, Range> _ranges = new(StringComparer.Ordinal);
    private readonly Dictionary<int, long> _rows = [];

    /// <summary>Deals the rows out, ids before bags, in the layout's order.</summary>
    /// <param name="layout">The columns.</param>
    /// <param name="ids">Which of its id columns there are.</param>
    /// <param name="bags">Which of its bags.</param>
    /// <param name="width">One width for all; null for each field's own.</param>
    /// <param name="usual">The width of fields that ask for none.</param>
    /// <exception cref="InputException">Fields of one table ask for different widths.</exception>
    public TableRanges(Layout layout, int[] ids, int[] bags, int? width, int usual)
    {
        (string Name, string Key, int Rows, int? Width)[] fields =
        [
            .. ids.Select(i => layout.Ids[i]).Select(f => (f.Name, Key(f.Name, f.Table), f.Rows, f.Embedding)),
            .. bags.Select(i => layout.Bags[i]).Select(f => (f.Name, Key(f.Name, f.Table), f.Rows, f.Embedding)),
        ];
        foreach (var table in fields.GroupBy(f => f.Key, StringComparer.Ordinal))
        {
            var asked = table.Where(f => f.Width is not null).ToList();
            if (asked.Find(f => f.Width != asked[0].Width) is { Name: { } other })
                throw new InputException($"'{asked[0].Name}' and '{other}' share the table '{table.Key}' and ask for embeddings of width {asked[0].Width} and {asked.First(f => f.Name == other).Width}; give both the same");
            var own = width ?? (asked.Count > 0 ? asked[0].Width!.Value : usual);
            var start = _rows.GetValueOrDefault(own);
            _ranges[table.Key] = new Range(own, start);
            _rows[own] = start + table.Max(f => f.Rows);
        }
    }

    /// <summary>The widths, in order.</summary>
    public IEnumerable<int> Widths => _rows.Keys.Order();

    /// <summary>Rows of the table of a width.</summary>
    public long Rows(int width) => _rows[width];

    public int Width(IdField field) => _ranges[Key(field.Name, field.Table)].Width;

    public int Width(BagField field) => _ranges[Key(field.Name, field.Table)].Width;

    public int Start(IdField field) => (int)_ranges[Key(field.Name, field.Table)].Start;

    public int Start(BagField field) => (int)_ranges[Key(field.Name, field.Table)].Start;

    /// <summary>What the table of a field is called.</summary>
    public static string Key(string name, string? table) => table ?? name;

    private readonly record struct Range(int Width, long Start);
}
