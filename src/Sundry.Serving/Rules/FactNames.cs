using System.Collections.Concurrent;

namespace Sundry.Serving;

/// <summary>The names of attributes of one kind (of items, of users or of requests), numbered in order of arrival. Any thread may ask and add.</summary>
public sealed class FactNames
{
    private readonly ConcurrentDictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly Lock _adding = new();

    /// <summary>The name's number, or -1.</summary>
    public int Find(string name) => _places.TryGetValue(name, out var place) ? place : -1;

    /// <summary>The name's number, a new one where it has none.</summary>
    public int FindOrAdd(string name)
    {
        if (_places.TryGetValue(name, out var place)) return place;
        lock (_adding) return _places.GetOrAdd(name, _ => _places.Count);
    }
}
