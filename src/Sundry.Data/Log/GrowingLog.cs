using System.Text;

namespace Sundry.Data;

/// <summary>
/// What a log says beside its events, before the first of them and growing: for who follows a shop and encodes samples of it as of now. It has the columns that an encoder was fitted with, so that
/// every name means what it meant then. One thread lets it grow; whoever reads meanwhile must keep that thread out.
/// </summary>
public sealed class GrowingLog
{
    private readonly MissingTexts _missing;
    private readonly Dictionary<string, int> _types = new(StringComparer.Ordinal);

    /// <summary>A log of nothing.</summary>
    /// <param name="encoder">The encoder; null: there are no columns but the catalogue's <c>category</c>.</param>
    /// <exception cref="InputException">The encoder was fitted by a version that did not keep the log's columns.</exception>
    public GrowingLog(Encoder? encoder)
    {
        _missing = encoder?.Missing ?? new MissingTexts(new DataOptions().Missing);
        if (encoder is { LogColumns: null, Rows.Count: > 0 }) throw new InputException("the model does not say which columns its log had, since an earlier version trained it; train it again");
        var columns = encoder?.LogColumns ?? new LogColumns([], ["category"], []);
        var types = new EventTypes();
        foreach (var name in (encoder?.Counters ?? []).SelectMany(c => c.Events.Concat(c.Per)).Concat(encoder?.Features.OfType<HistoryEncoder>().SelectMany(f => f.History.Events) ?? []).Concat((encoder?.Neighbours ?? []).SelectMany(n => n.Events)))
            types.FindOrAdd(name);
        Known = new EventLog([]) { Types = types, Context = Empty(columns.Context), ItemColumns = Empty(columns.Items), UserColumns = Empty(columns.Users), CategoryParents = columns.Parents };
        HasRows = encoder is { Rows.Count: > 0 };
        foreach (var name in types.Names) TypeOf(name);
    }

    /// <summary>Users, items, types and columns as far as they are known.</summary>
    public EventLog Known { get; }

    /// <summary>Whether the encoder's rows are made from a log, so that a state can be kept for it.</summary>
    public bool HasRows { get; }

    /// <summary>Whether a text means that a value is missing.</summary>
    public bool IsMissing(ReadOnlySpan<byte> text) => _missing.Contains(text);

    /// <summary>Whether a text means that a value is missing; null does.</summary>
    public bool IsMissing(string? text)
    {
        if (text is null) return true;
        Span<byte> few = stackalloc byte[768];
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        return _missing.Contains(most <= few.Length ? few[..Encoding.UTF8.GetBytes(text, few)] : Encoding.UTF8.GetBytes(text));
    }

    /// <summary>A type's number, a new one where it has none; -1 where there are too many.</summary>
    public int TypeOf(string name)
    {
        if (!_types.TryGetValue(name, out int type)) _types[name] = type = Known.Types.FindOrAdd(name);
        return type;
    }

    /// <summary>A text's number among names, a new one where it has none; -1 where the text means that the value is missing.</summary>
    /// <param name="names">Users or items of <see cref="Known"/>, or the values of a column.</param>
    /// <param name="text">The text; null is missing.</param>
    public int Number(Names names, string? text)
    {
        if (text is null) return -1;
        Span<byte> few = stackalloc byte[768];
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var bytes = most <= few.Length ? few[..Encoding.UTF8.GetBytes(text, few)] : Encoding.UTF8.GetBytes(text);
        return _missing.Contains(bytes) ? -1 : names.FindOrAdd(bytes);
    }

    /// <summary>A text's number among names, or -1.</summary>
    public static int Find(Names names, string? text)
    {
        if (text is null) return -1;
        Span<byte> few = stackalloc byte[768];
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        return names.Find(most <= few.Length ? few[..Encoding.UTF8.GetBytes(text, few)] : Encoding.UTF8.GetBytes(text));
    }

    private static NamedColumn[] Empty(IReadOnlyList<string> names) => [.. names.Select(name => new NamedColumn(name, new Names(), []))];
}
