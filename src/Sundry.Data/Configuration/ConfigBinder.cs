using System.Collections;

namespace Sundry.Data;

/// <summary>Binds <see cref="ConfigNode"/>s to option classes.</summary>
internal static class ConfigBinder
{
    /// <summary>Binds a map to a new <paramref name="type"/>, an option class.</summary>
    public static object Bind(Type type, ConfigNode node, string path)
    {
        var shape = ConfigType.Of(type);
        if (node is ConfigNode.Scalar { IsNull: true }) node = new ConfigNode.Map(node.Place);
        if (node is not ConfigNode.Map map || IsMapShorthand(shape, map)) map = Expand(shape, node, path);
        var options = shape.New();
        foreach (var (key, entry) in map.Entries)
        {
            if (shape.Find(key) is not { } property) throw Unknown(shape, key, entry.KeyPlace, path);
            property.Set(options, Value(property, property.Type, entry.Value, Join(path, key)));
        }

        foreach (var property in shape.Properties)
            if (property.Required && !map.Entries.ContainsKey(property.Key))
                throw map.Place.Wrong($"{(path.Length == 0 ? "the configuration" : path)} lacks the key '{property.Key}'{(property.Description is null ? "; add it" : $" ({Lower(property.Description)}); add it")}");
        if (options is IConfigChecked rules)
        {
            foreach (var (name, message) in rules.Check())
            {
                var parts = ConfigKey.Split(name);
                parts[0] = shape.Properties.Single(property => property.Name == parts[0]).Key;
                var where = parts.Length > 1 ? parts.Aggregate(path, Join) : path.Length == 0 ? parts[0] : path;
                throw Place(map, parts).Wrong($"{where}: {message}");
            }
        }

        return options;
    }

    /// <summary>The map of keys that a short form stands for.</summary>
    public static ConfigNode.Map Expand(ConfigType type, ConfigNode node, string path)
    {
        string? refusal = null;
        foreach (var property in type.Shorthand)
        {
            var shape = ConfigType.Of(property.Type).Shape;
            bool takes = node switch
            {
                ConfigNode.Scalar scalar when shape == ConfigShape.Scalar => Takes(property, scalar, ref refusal),
                ConfigNode.Scalar or ConfigNode.List => shape == ConfigShape.List,
                _ => shape == ConfigShape.Dictionary,
            };
            if (!takes) continue;
            var map = new ConfigNode.Map(node.Place);
            map.Entries.Add(property.Key, new ConfigNode.Entry(node.Place, node));
            return map;
        }

        throw node.Place.Wrong(refusal is null ? $"{Name(path)} takes a map of keys ({Keys(type)}), not {node.Noun}" : $"{Name(path)}: {refusal}");
    }

    /// <summary>Whether a map is the short form of a class one of whose keys is a map of the user's names.</summary>
    public static bool IsMapShorthand(ConfigType type, ConfigNode.Map map) => type.MapShorthand is not null && map.Entries.Keys.Any(key => type.Find(key) is null);

    public static InputException Unknown(ConfigType type, string key, ConfigPlace place, string path) => Unknown([type], key, place, path);

    public static InputException Unknown(IEnumerable<ConfigType> types, string key, ConfigPlace place, string path = "")
    {
        var keys = types.SelectMany(type => type.Properties).Select(property => property.Key).ToArray();
        return place.Wrong($"unknown key '{key}'{(path.Length == 0 ? "" : $" in {path}")}{NearestName.Ask(key, keys)} (the keys here are {string.Join(", ", keys)})");
    }

    /// <summary>The path of a key; a name that holds dots or blanks stands in quotes.</summary>
    public static string Join(string path, string key)
    {
        var name = key.Length > 0 && key.All(c => char.IsLetterOrDigit(c) || c is '_' or '-') ? key : $"\"{key}\"";
        return path.Length == 0 ? name : $"{path}.{name}";
    }

    private static bool Takes(ConfigProperty property, ConfigNode.Scalar scalar, ref string? refusal)
    {
        if (ConfigScalars.TryParse(property.Type, scalar.Text, property.Words, out _, out var reason)) return true;
        refusal ??= reason;
        return false;
    }

    private static object? Value(ConfigProperty property, Type type, ConfigNode node, string path)
    {
        var shape = ConfigType.Of(type);
        if (type == property.Type && node is ConfigNode.Scalar word)
        {
            if (property.NullWord is { } nothing && word.Text == nothing) return null;
            if (word.IsNull && property.Nullable) return null;
            if (word.IsNull && shape.Shape is ConfigShape.Scalar or ConfigShape.List) throw word.Place.Wrong($"{path} has no value; write one, or remove the key");
        }

        switch (shape.Shape)
        {
            case ConfigShape.Options:
                return Bind(type, node, path);
            case ConfigShape.Dictionary:
                return Dictionary(property, shape, node, path);
            case ConfigShape.List:
                return List(property, type, shape, node, path);
        }

        if (node is not ConfigNode.Scalar scalar) throw node.Place.Wrong($"{path} takes a single value, not {node.Noun}");
        if (!ConfigScalars.TryParse(type, scalar.Text, property.Words, out var value, out var reason))
        {
            var none = property.NullWord is null || type == typeof(string) ? "" : $" (or {property.NullWord})";
            throw scalar.Place.Wrong($"{path}: {reason}{none}");
        }

        return ConfigScalars.OutOf(property.Range, value!) is { } range ? throw scalar.Place.Wrong($"{path}: {range}") : value;
    }

    private static IDictionary Dictionary(ConfigProperty property, ConfigType type, ConfigNode node, string path)
    {
        var dictionary = (IDictionary)type.New();
        if (node is ConfigNode.Scalar { IsNull: true }) return dictionary;
        if (node is not ConfigNode.Map map)
        {
            var or = property.NullWord is null ? "" : $" or the word {property.NullWord}";
            throw node.Place.Wrong($"{path} takes a map of names{or}, not {(node is ConfigNode.Scalar text ? $"'{text.Text}'" : node.Noun)}");
        }

        foreach (var (key, entry) in map.Entries)
        {
            if (key.Length == 0) throw entry.KeyPlace.Wrong($"{path} holds an empty name; write one before the ':'");
            dictionary.Add(key, Value(property, type.Element!, entry.Value, Join(path, key)));
        }

        return dictionary;
    }

    private static object List(ConfigProperty property, Type type, ConfigType shape, ConfigNode node, string path)
    {
        if (node is ConfigNode.Map && ConfigType.Of(shape.Element!).Shape != ConfigShape.Options) throw node.Place.Wrong($"{path} takes a list such as [a, b], not {node.Noun}");
        var nodes = node is ConfigNode.List list ? list.Items : [node];
        var items = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(shape.Element!))!;
        foreach (var item in nodes) items.Add(Value(property, shape.Element!, item, path));
        if (!type.IsArray) return items;
        var array = Array.CreateInstance(shape.Element!, items.Count);
        items.CopyTo(array, 0);
        return array;
    }

    // the deepest key of the path that was written
    private static ConfigPlace Place(ConfigNode.Map map, ReadOnlySpan<string> keys)
    {
        var place = map.Place;
        foreach (var key in keys)
        {
            if (!map.Entries.TryGetValue(key, out var entry)) return place;
            place = entry.Value.Place;
            if (entry.Value is not ConfigNode.Map below) return place;
            map = below;
        }

        return place;
    }

    private static string Keys(ConfigType type) => string.Join(", ", type.Properties.Select(property => property.Key));

    private static string Name(string path) => path.Length == 0 ? "the configuration" : path;

    private static string Lower(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}
