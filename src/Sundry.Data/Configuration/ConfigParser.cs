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
        try
        {
            var parser = new Parser(new StringReader(yaml));
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _)) return null;
            parser.Consume<DocumentStart>();
            var node = Node(parser, file, set, 0);
            parser.Consume<DocumentEnd>();
            if (!parser.Accept<StreamEnd>(out var rest)) throw Place(parser.Current!, file, set).Wrong("a second document begins here; a configuration is one document, remove the '---'");
            return node is ConfigNode.Scalar { IsNull: true } ? null : node;
        }
        catch (YamlException e)
        {
            var place = new ConfigPlace(file, (int)e.Start.Line, (int)e.Start.Column, set);
            throw place.Wrong(Explain(yaml, e), e);
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

    private static string Explain(string yaml, YamlException e)
    {
        var line = yaml.Split('\n').ElementAtOrDefault((int)e.Start.Line - 1) ?? "";
        var indentation = line[..(line.Length - line.TrimStart().Length)];
        if (indentation.Contains('\t')) return "the line is indented with a tab; YAML takes spaces only";
        int at = Math.Clamp((int)e.Start.Column - 1, 0, Math.Max(line.Length - 1, 0));
        if (line.Length > 0 && line[at] is '%' or '@' or '`' or '*' or '&' or '!') return $"a value that begins with '{line[at]}' needs quotes";
        var reason = e.Message.TrimEnd('.');
        return $"this is not valid YAML ({char.ToLowerInvariant(reason[0])}{reason[1..]}); check the indentation, the quotes, and that a space follows each ':'";
    }
}
