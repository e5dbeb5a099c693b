namespace Sundry.Data;

/// <summary>A value in the configuration's text, with its place: the line and column of the file, or the <c>--set</c> that it came from.</summary>
internal abstract class ConfigNode(ConfigPlace place)
{
    public ConfigPlace Place { get; } = place;

    /// <summary>What the value is called in a message.</summary>
    public abstract string Noun { get; }

    internal sealed class Scalar(ConfigPlace place, string text, bool plain) : ConfigNode(place)
    {
        public string Text { get; } = text;

        /// <summary>Whether the text stands there without quotes, so that <c>null</c> is no text but nothing.</summary>
        public bool Plain { get; } = plain;

        public bool IsNull => Plain && Text is "" or "~" or "null";

        public override string Noun => IsNull ? "nothing" : "a single value";
    }

    internal sealed class List(ConfigPlace place, IReadOnlyList<ConfigNode> items) : ConfigNode(place)
    {
        public IReadOnlyList<ConfigNode> Items { get; } = items;

        public override string Noun => "a list";
    }

    internal sealed class Map(ConfigPlace place) : ConfigNode(place)
    {
        public OrderedDictionary<string, Entry> Entries { get; } = new(StringComparer.Ordinal);

        public override string Noun => "a map of keys";
    }

    internal readonly record struct Entry(ConfigPlace KeyPlace, ConfigNode Value);
}
