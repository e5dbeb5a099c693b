using Sundry.Data;

namespace Sundry.Serving;

/// <summary>The columns of items, or of users, that are kept as numbers.</summary>
internal sealed class EntityColumns
{
    private readonly GrowingLog _log;
    private readonly IReadOnlyList<NamedColumn> _columns;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly string?[] _texts;

    public EntityColumns(GrowingLog log, IReadOnlyList<NamedColumn> columns)
    {
        (_log, _columns) = (log, columns);
        for (var i = 0; i < columns.Count; i++) _places[columns[i].Name] = i;
        _texts = new string?[columns.Count];
    }

    /// <summary>Sets all columns of one; what its attributes do not name is missing.</summary>
    public void Set(int number, ReadOnlySpan<AttributeValue> attributes)
    {
        if (_texts.Length == 0) return;
        Array.Clear(_texts);
        foreach (ref readonly var attribute in attributes)
            if (_places.TryGetValue(attribute.Name, out var place)) _texts[place] = attribute.Column;
        for (var i = 0; i < _texts.Length; i++) _columns[i].Set(number, _log.Number(_columns[i].Values, _texts[i]));
    }

    /// <summary>Forgets all that is said of one.</summary>
    public void Clear(int number) => Set(number, []);
}
