using System.Text;

namespace Sundry.Data;

/// <summary>Puts <c>--set path=value</c> into the tree that a file was read to.</summary>
internal static class ConfigOverrides
{
    public static void Apply(Type type, ConfigNode.Map root, string path, string value)
    {
        var place = new ConfigPlace(null, 0, 0, $"{path}={value}");
        var keys = Split(path, place);
        var map = root;
        var at = "";
        for (int i = 0; ; i++)
        {
            var key = keys[i];
            var shape = ConfigType.Of(type);
            if (shape.Shape == ConfigShape.Options && shape.Find(key) is null && shape.MapShorthand is { } names) shape = ConfigType.Of(names.Type);
            ConfigProperty? property = null;
            if (shape.Shape == ConfigShape.Options)
            {
                property = shape.Find(key) ?? throw ConfigBinder.Unknown(shape, key, place, at);
                type = property.Type;
            }
            else
            {
                type = shape.Element!;
            }

            at = ConfigBinder.Join(at, key);
            if (i == keys.Count - 1)
            {
                map.Entries[key] = new ConfigNode.Entry(place, Value(value, place));
                return;
            }

            var next = ConfigType.Of(type);
            if (next.Shape is ConfigShape.Scalar or ConfigShape.List)
                throw place.Wrong($"{at} is {(next.Shape == ConfigShape.List ? "a list" : "a single value")} and has no key '{keys[i + 1]}'; set it whole");
            map = Inner(map, key, next, property?.NullWord, at, place);
        }
    }

    private static ConfigNode.Map Inner(ConfigNode.Map map, string key, ConfigType type, string? nullWord, string path, ConfigPlace place)
    {
        var node = map.Entries.TryGetValue(key, out var entry) ? entry.Value : null;
        if (node is ConfigNode.Map inner) return inner;
        if (node is ConfigNode.Scalar word && word.Text == nullWord) throw place.Wrong($"{path} is '{nullWord}' in the file and has no keys; set it whole");
        if (node is not null and not ConfigNode.Scalar { IsNull: true })
        {
            if (type.Shape != ConfigShape.Options) throw place.Wrong($"{path} is {node.Noun} in the file, where a map is expected");
            inner = ConfigBinder.Expand(type, node, path);
        }
        else
        {
            inner = new ConfigNode.Map(place);
        }

        map.Entries[key] = new ConfigNode.Entry(place, inner);
        return inner;
    }

    private static ConfigNode Value(string value, ConfigPlace place)
    {
        // a shell's glob is meant as it stands, though '*' begins an alias in YAML
        if (value.Length > 0 && value[0] is '*' or '%' or '@' or '&' or '!' or '`') return new ConfigNode.Scalar(place, value, plain: true);
        return ConfigParser.Parse(value, null, place.Set) ?? new ConfigNode.Scalar(place, "", plain: true);
    }

    private static List<string> Split(string path, ConfigPlace place)
    {
        var keys = new List<string>();
        var key = new StringBuilder();
        bool quoted = false;
        foreach (char c in path)
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == '.' && !quoted)
            {
                keys.Add(key.ToString());
                key.Clear();
            }
            else
            {
                key.Append(c);
            }
        }

        keys.Add(key.ToString());
        if (quoted || keys.Any(part => part.Length == 0)) throw place.Wrong("the path before '=' is keys between dots, such as training.epochs=3; a name that holds a dot stands in double quotes");
        return keys;
    }
}
