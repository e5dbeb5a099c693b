using System.Text;

namespace Sundry.Data;

/// <summary>The words of one table for types of events.</summary>
internal sealed class TypeWords
{
    /// <summary>A word that is no type.</summary>
    public const int Unknown = -1;

    private readonly EventTypes _types;
    private readonly bool _create;
    private readonly ByteDictionary _words = new();
    private readonly List<int> _numbers = [];

    public TypeWords(EventTypes types, LogEventsOptions own, LogOptions log)
    {
        _types = types;
        _create = log.OnUnknownType == UnknownRule.Create;
        foreach (var (word, type) in own.Types) Add(word, type);
        foreach (var (word, type) in log.Types)
            if (!own.Types.ContainsKey(word)) Add(word, type);
        foreach (var type in types.Names.ToArray())
            if (!own.Types.ContainsKey(type) && !log.Types.ContainsKey(type)) Add(type, type);
        Constant = (own.Type ?? log.Type) is { } constant ? Number(constant) : Unknown;
    }

    /// <summary>The type of every row, or <see cref="Unknown"/> where rows say theirs.</summary>
    public int Constant { get; }

    /// <summary>The number of a word's type, or <see cref="Unknown"/>.</summary>
    /// <exception cref="InputException">The word would be a type too many.</exception>
    public int Of(ReadOnlySpan<byte> word)
    {
        int number = _words.FindOrAdd(word);
        if (number == _numbers.Count) _numbers.Add(_create && word.Length > 0 ? Number(Encoding.UTF8.GetString(word)) : Unknown);
        return _numbers[number];
    }

    /// <summary>What is wrong with a word that is no type.</summary>
    public string Problem(ReadOnlySpan<byte> word)
    {
        if (word.Length == 0) return "the event has no type; fill it in, or set data.log.type where all are of one";
        var text = Encoding.UTF8.GetString(word);
        return $"{FieldText.Quote(word)} is not a known type of events; map it, as in data.log.types: {{{text}: {NearestName.Of(text, _types.Names) ?? "view"}}}, or set data.log.on_unknown_type";
    }

    private void Add(string word, string type)
    {
        int number = _words.FindOrAdd(Encoding.UTF8.GetBytes(word));
        if (number == _numbers.Count) _numbers.Add(Number(type));
    }

    private int Number(string type) => _types.FindOrAdd(type) is >= 0 and var number
        ? number
        : throw new InputException($"'{type}' would be type of events number {EventTypes.Most + 1}, and {EventTypes.Most} are the most; map several words to one type under data.log.types");
}
