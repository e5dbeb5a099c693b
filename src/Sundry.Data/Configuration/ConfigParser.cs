using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Sundry.Data;

/// <summary>YAML text to <see cref="ConfigNode"/>s. Anchors, aliases, tags and second documents are refused; size and depth are bounded.</summary>
internal static class ConfigParser
{
    private const int MostCharacters = 8 * 1024 * 1024;
    private const int DeepestNesting = 24;

    /// <summary>Reads a document; null where it holds nothing but comments.</summary>
    public static ConfigNode? Parse(string yaml, string? file, string? set = null)
    {
        if (yaml.Length > MostCharacters) throw new ConfigPlace(file, 0, 0, set).Wrong($"the configuration is larger than {MostCharacters >> 20} MiB; is this the right file?");
        var parser = new Parser(new StringReader(yaml));
        try
        {
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _)) return null;
            parser.Consume<DocumentStart>();
            var node = Node(parser, file, set, 0);
            parser.Consume<DocumentEnd>();
            if (!parser.Accept<StreamEnd>(out _)) throw Place(parser.Current!, file, set).Wrong("a second document begins here; a configuration is one document, remove the '---'");
            return node is ConfigNode.Scalar { IsNull: true } ? null : node;
        }
        catch (YamlException e)
        {
            throw Broken(yaml, (int)e.Start.Line, (int)e.Start.Column, e, file, set);
        }
        catch (InvalidOperationException e)
        {
            // the parser's own stack runs empty on some unclosed brackets; what it read last is the nearest place there is
            throw Broken(yaml, (int)(parser.Current?.End.Line ?? 1), (int)(parser.Current?.End.Column ?? 1), e, file, set);
        }
    }

    private static ConfigNode Node(Parser parser, string? file, string? set, int depth)
    {
        var place = Place(parser.Current!, file, set);
        if (depth > DeepestNesting) throw place.Wrong($"the configuration is nested more than {DeepestNesting} levels deep");
        if (parser.Current is AnchorAlias) throw place.Wrong("a value that begins with '*' needs quotes, such as \"*.csv\"; references to anchors are not supported");
        var start = (NodeEvent)parser.Current!;
        if (!start.Anchor.IsEmpty) throw place.Wrong("a value that begins with '&' needs quotes; anchors are not supported, write the value out");
        if (!start.Tag.IsEmpty) throw place.Wrong("a value that begins with '!' needs quotes; tags are not supported");
        if (parser.TryConsume<Scalar>(out var scalar)) return new ConfigNode.Scalar(place, scalar.Value, scalar.Style == ScalarStyle.Plain);
        if (parser.TryConsume<SequenceStart>(out _))
        {
            var items = new List<ConfigNode>();
            while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(Node(parser, file, set, depth + 1));
            return new ConfigNode.List(place, items);
        }

        parser.Consume<MappingStart>();
        var map = new ConfigNode.Map(place);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = Node(parser, file, set, depth + 1);
            if (key is not ConfigNode.Scalar name) throw key.Place.Wrong($"{key.Noun} cannot be a key; keys are names");
            var value = Node(parser, file, set, depth + 1);
            if (map.Entries.TryGetValue(name.Text, out var first))
                throw key.Place.Wrong($"the key '{name.Text}' is here twice{(set is null ? $", first in line {first.KeyPlace.Line}" : "")}; remove one of them");
            map.Entries.Add(name.Text, new ConfigNode.Entry(key.Place, value));
        }

        return map;
    }

    private static ConfigPlace Place(ParsingEvent at, string? file, string? set) => new(file, (int)at.Start.Line, (int)at.Start.Column, set);

    private static InputException Broken(string yaml, int line, int column, Exception e, string? file, string? set)
    {
        var lines = yaml.Split('\n');
        // a tab is often noticed only where the block around it ends
        for (int i = Math.Max(line - 1, 0); i < lines.Length; i++)
        {
            int tab = lines[i].AsSpan(0, lines[i].Length - lines[i].TrimStart().Length).IndexOf('\t');
            if (tab >= 0 && lines[i].Trim().Length > 0) return new ConfigPlace(file, i + 1, tab + 1, set).Wrong("the line is indented with a tab; YAML takes spaces only", e);
        }

        var place = new ConfigPlace(file, line, column, set);
        var text = lines.ElementAtOrDefault(line - 1) ?? "";
        if (column >= 1 && column <= text.Length && text[column - 1] is '%' or '@' or '`' or '*' or '&' or '!') return place.Wrong($"a value that begins with '{text[column - 1]}' needs quotes", e);
        var reason = e is YamlException ? $" ({char.ToLowerInvariant(e.Message[0])}{e.Message[1..].TrimEnd('.')})" : "";
        return place.Wrong($"this is not valid YAML{reason}; check the indentation, the quotes and brackets, and that a space follows each ':'", e);
    }
}
