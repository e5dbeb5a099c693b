using System.Collections;
using System.Text;

namespace Sundry.Data;

/// <summary>Writes option classes as the YAML that <see cref="ConfigReader"/> reads, and as a canonical text to hash. The same options give the same text.</summary>
public static class ConfigWriter
{
    /// <summary>The options as YAML.</summary>
    /// <param name="options">An option class.</param>
    /// <param name="changedOnly">Leaves out what equals its default, instead of writing every option that has a value.</param>
    public static string ToYaml(object options, bool changedOnly = false)
    {
        var text = new StringBuilder();
        var node = ToNode(null, options.GetType(), options, changedOnly);
        if (node is ConfigNode.Map { Entries.Count: > 0 } map) Block(text, map, 0);
        else text.Append(Flow(node)).Append('\n');
        return text.ToString();
    }

    /// <summary>The options as one line for each value, <c>data.seed = 1</c>, defaults included: equal for two options that mean the same, however they were written.</summary>
    public static string ToCanonical(object options)
    {
        var text = new StringBuilder();
        Canonical(text, "", ToNode(null, options.GetType(), options, changedOnly: false));
        return text.ToString();
    }

    /// <summary>A text as a YAML value: as it stands where it reads back as itself inside a list too, else in double quotes.</summary>
    public static string Quote(string text)
    {
        if (IsPlain(text)) return text;
        var quoted = new StringBuilder("\"");
        foreach (char c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                '\n' => "\\n",
                '\t' => "\\t",
                '\r' => "\\r",
                _ when char.IsControl(c) || c is '\u2028' or '\u2029' or '\ufeff' => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>The tree that a value is written as.</summary>
    internal static ConfigNode ToNode(ConfigProperty? property, Type type, object? value, bool changedOnly)
    {
        switch (value)
        {
            case null:
                return new ConfigNode.Scalar(default, property?.NullWord ?? "null", plain: true);
            case string text:
                return new ConfigNode.Scalar(default, text, plain: false);
            case IDictionary dictionary:
                var names = new ConfigNode.Map(default);
                var element = ConfigType.Of(type).Element!;
                foreach (DictionaryEntry entry in dictionary) names.Entries.Add((string)entry.Key, new ConfigNode.Entry(default, ToNode(null, element, entry.Value, changedOnly)));
                return names;
            case IEnumerable list:
                var item = ConfigType.Of(type).Element!;
                return new ConfigNode.List(default, [.. list.Cast<object?>().Select(each => ToNode(null, item, each, changedOnly))]);
        }

        var shape = ConfigType.Of(type);
        return shape.Shape == ConfigShape.Scalar ? new ConfigNode.Scalar(default, ConfigScalars.Text(value), plain: true) : Options(shape, value, changedOnly);
    }

    private static bool IsPlain(string text)
    {
        if (text.Length == 0 || text[^1] == ' ') return false;
        bool path = text.Length > 1 && text[0] == '.' && (char.IsAsciiLetter(text[1]) || text[1] is '.' or '/');
        if (!path && !char.IsAsciiLetter(text[0]) && text[0] is not ('_' or '/')) return false;
        if (!text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or ' ' or '.' or '/' or '-' or '+' or '*' or '(' or ')')) return false;
        return text.ToLowerInvariant() is not ("null" or "true" or "false" or "yes" or "no" or "on" or "off" or "y" or "n" or ".inf" or ".nan");
    }

    private static ConfigNode Options(ConfigType type, object options, bool changedOnly)
    {
        var map = new ConfigNode.Map(default);
        var defaults = type.New();
        foreach (var property in type.Properties)
        {
            var value = property.Get(options);
            var usual = property.Get(defaults);
            if (IsNothing(value) && IsNothing(usual)) continue;
            var node = ToNode(property, property.Type, value, changedOnly);
            if (changedOnly && !property.Required && Same(ToNode(property, property.Type, value, false), ToNode(property, property.Type, usual, false))) continue;
            map.Entries.Add(property.Key, new ConfigNode.Entry(default, node));
        }

        return Shortest(type, map);
    }

    // the short form, where reading it gives the same key back
    private static ConfigNode Shortest(ConfigType type, ConfigNode.Map map)
    {
        if (map.Entries.Count != 1 || type.Shorthand.All(property => property.Key != map.Entries.GetAt(0).Key)) return map;
        var (key, entry) = map.Entries.GetAt(0);
        if (entry.Value is ConfigNode.Map inner && !ConfigBinder.IsMapShorthand(type, inner)) return map;
        try
        {
            return ConfigBinder.Expand(type, entry.Value, "").Entries.ContainsKey(key) ? entry.Value : map;
        }
        catch (InputException)
        {
            return map;
        }
    }

    private static bool IsNothing(object? value) => value is null || (value is IEnumerable list and not string && !list.Cast<object?>().Any());

    private static bool Same(ConfigNode a, ConfigNode b)
    {
        var (left, right) = (new StringBuilder(), new StringBuilder());
        Canonical(left, "", a);
        Canonical(right, "", b);
        return left.Equals(right);
    }

    private static void Block(StringBuilder text, ConfigNode.Map map, int indentation)
    {
        foreach (var (key, entry) in map.Entries)
        {
            text.Append(' ', indentation).Append(Quote(key)).Append(':');
            if (entry.Value is ConfigNode.Map { Entries.Count: > 0 } inner)
            {
                text.Append('\n');
                Block(text, inner, indentation + 2);
            }
            else
            {
                text.Append(' ').Append(Flow(entry.Value)).Append('\n');
            }
        }
    }

    private static string Flow(ConfigNode node) => node switch
    {
        ConfigNode.Scalar scalar => scalar.Plain ? scalar.Text : Quote(scalar.Text),
        ConfigNode.List list => $"[{string.Join(", ", list.Items.Select(Flow))}]",
        ConfigNode.Map map => $"{{{string.Join(", ", map.Entries.Select(entry => $"{Quote(entry.Key)}: {Flow(entry.Value.Value)}"))}}}",
        _ => throw new NotSupportedException(),
    };

    private static void Canonical(StringBuilder text, string path, ConfigNode node)
    {
        switch (node)
        {
            case ConfigNode.Map { Entries.Count: > 0 } map:
                foreach (var (key, entry) in map.Entries) Canonical(text, ConfigBinder.Join(path, key), entry.Value);
                break;
            case ConfigNode.List { Items.Count: > 0 } list:
                for (int i = 0; i < list.Items.Count; i++) Canonical(text, $"{path}[{i}]", list.Items[i]);
                break;
            default:
                text.Append(path).Append(" = ").Append(Flow(node)).Append('\n');
                break;
        }
    }
}
