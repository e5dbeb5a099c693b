namespace Sundry.Data;

/// <summary>Where a table of events holds what, and how its fields are read.</summary>
internal sealed class EventColumns
{
    /// <summary>What an event may say, in the order in which files are written.</summary>
    public static readonly IReadOnlyList<string> Ours =
        ["id", "type", "user", "session", "item", "time", "quantity", "price", "value", "position", "scenario", "recommendation", "text"];

    private readonly LogTable _table;
    private readonly LogEventsOptions _own;
    private readonly LogOptions _log;
    private readonly MissingTexts _missing;
    private readonly EventTime _times;
    private readonly int _quantity;
    private readonly int _price;
    private readonly int _value;
    private readonly int _position;

    /// <summary>Finds the columns.</summary>
    /// <exception cref="InputException">One that an event cannot do without, or that the configuration names, is not there.</exception>
    public EventColumns(LogTable table, LogEventsOptions own, LogOptions log, EventTypes types, MissingTexts missing)
    {
        _table = table;
        _own = own;
        _log = log;
        _missing = missing;
        _times = new EventTime(own.TimeFormat ?? log.TimeFormat);
        Types = new TypeWords(types, own, log);
        Type = Types.Constant >= 0 ? -1 : Find("type") is >= 0 and var type ? type : throw table.Lacks("type");
        Time = Find("time") is >= 0 and var time ? time : throw table.Lacks("time");
        (User, Session) = (Find("user"), Find("session"));
        if (User < 0 && Session < 0) throw table.Lacks("user");
        (Id, Item, Scenario, Recommendation, Text) = (Find("id"), Find("item"), Find("scenario"), Find("recommendation"), Find("text"));
        (_quantity, _price, _value, _position) = (Find("quantity"), Find("price"), Find("value"), Find("position"));
        Context = FindContext();
    }

    public int Id { get; }

    public int Type { get; }

    public int User { get; }

    public int Session { get; }

    public int Item { get; }

    public int Time { get; }

    public int Scenario { get; }

    public int Recommendation { get; }

    public int Text { get; }

    /// <summary>Further columns that are kept, by our name.</summary>
    public IReadOnlyList<(string Name, int Place)> Context { get; }

    public TypeWords Types { get; }

    /// <summary>What is wrong with the row that <see cref="TryRead"/> could not read.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>The column to blame, from 0.</summary>
    public int Column { get; private set; }

    /// <summary>The type of a row, or <see cref="TypeWords.Unknown"/>.</summary>
    public int TypeOf(RawRow row) => Type < 0 ? Types.Constant : Types.Of(row[Type]);

    /// <summary>Reads a row's time and numbers; false where that cannot be done.</summary>
    public bool TryRead(RawRow row, ref ShopEvent read)
    {
        if (!_times.TryParse(row[Time], out read.Time)) return Wrong(row[Time].Length == 0 ? "the event has no time; fill it in" : _times.Problem(row[Time]), Time);
        if (!TryNumber(row, _quantity, 1, out read.Quantity) || !TryNumber(row, _value, float.NaN, out read.Value)) return false;
        if (!TryNumber(row, _price, float.NaN, out read.Price))
        {
            if (HasCurrency(row[_price])) Problem = $"the price {FieldText.Quote(row[_price])} holds a currency; write plain numbers, all in one currency, such as 3.5";
            return false;
        }

        if (read.Price < 0) return Wrong($"the price {FieldText.Quote(row[_price])} is below 0; write what one costs, or leave the field empty", _price);
        if (!TryNumber(row, _position, 0, out float position)) return false;
        if (position is < 0 or > short.MaxValue || position != MathF.Truncate(position))
            return Wrong($"the position {FieldText.Quote(row[_position])} is not a whole number from 1 to {short.MaxValue}; write the place on the page, or leave the field empty", _position);
        read.Position = (short)position;
        return true;
    }

    /// <summary>Whether a field says nothing.</summary>
    public bool IsMissing(ReadOnlySpan<byte> field) => _missing.Contains(field);

    private bool TryNumber(RawRow row, int place, float otherwise, out float number)
    {
        number = otherwise;
        if (place < 0 || _missing.Contains(row[place])) return true;
        return NumberText.TryParse(row[place], out number) || Wrong($"{FieldText.Quote(row[place])} is not a number; write one such as 3.5, or leave the field empty", place);
    }

    private bool Wrong(string problem, int column)
    {
        Problem = problem;
        Column = column;
        return false;
    }

    // digits beside a sign or letters: $3.50, 3,50 €, EUR 12
    private static bool HasCurrency(ReadOnlySpan<byte> text)
    {
        bool digits = text.ContainsAnyInRange((byte)'0', (byte)'9');
        foreach (byte b in text)
            if (digits && (b == '$' || b >= 0x80 || char.IsAsciiLetter((char)b))) return true;
        return false;
    }

    private int Find(string ours)
    {
        if (_own.Columns.ContainsKey(ours) || _log.Events.Count == 1) return _table.Find(ours, _own.Columns, _log.Columns);
        // what is said for all tables need not be in each of them
        return _log.Columns.TryGetValue(ours, out var theirs) && _table.Header.IndexOf(theirs) is >= 0 and var place ? place : _table.Header.IndexOf(ours);
    }

    private List<(string Name, int Place)> FindContext()
    {
        var kept = new List<(string Name, int Place)>();
        if (_log.Context is { } wanted)
        {
            foreach (var name in wanted)
            {
                int place = Find(name);
                if (place >= 0) kept.Add((name, place));
                else if (_log.Events.Count == 1) throw new InputException($"there is no column '{name}', which data.log.context names{NearestName.Ask(name, _table.Header)}", _table.Name);
            }

            return kept;
        }

        var ours = new Dictionary<int, string>();
        foreach (var name in Ours.Concat(_own.Columns.Keys).Concat(_log.Columns.Keys))
            if (Find(name) is >= 0 and var place) ours.TryAdd(place, name);
        for (int i = 0; i < _table.Header.Count; i++)
        {
            var name = ours.GetValueOrDefault(i, _table.Header[i]);
            if (!Ours.Contains(name)) kept.Add((name, i));
        }

        return kept;
    }
}
