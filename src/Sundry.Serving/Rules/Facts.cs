namespace Sundry.Serving;

/// <summary>What is known of an item, a user or a request: values by the number of their attribute's name. It does not change.</summary>
public sealed class Facts
{
    private readonly Fact[] _values;

    private Facts(Fact[] values) => _values = values;

    /// <summary>Nothing is known.</summary>
    public static Facts None { get; } = new([]);

    /// <summary>The attribute's value; empty where it is missing.</summary>
    public Fact this[int name] => (uint)name < (uint)_values.Length ? _values[name] : default;

    /// <summary>Reads attributes.</summary>
    /// <param name="names">Gets the names that it does not have yet.</param>
    /// <param name="values">Values by name; several values are joined by <c>|</c>.</param>
    /// <param name="add">Whether names that are new are added; otherwise, as for what strangers send, they are left out.</param>
    public static Facts Of(FactNames names, IEnumerable<KeyValuePair<string, string>> values, bool add = true)
    {
        var list = new List<Fact>();
        foreach (var (name, value) in values)
        {
            var place = add ? names.FindOrAdd(name) : names.Find(name);
            if (place < 0) continue;
            while (list.Count <= place) list.Add(default);
            list[place] = new Fact(value);
        }

        return list.Count == 0 ? None : new Facts([.. list]);
    }
}
