using System.Globalization;

namespace Sundry.Data;

/// <summary>A column of rows that are made from a log: where its value is found.</summary>
/// <param name="name">The column's name.</param>
/// <param name="from">Where its value is.</param>
/// <param name="texts">The texts that its numbers stand for; null for a column of numbers.</param>
/// <param name="attribute">The column of the log, of its items or of its users.</param>
/// <param name="context">The place among the log's context columns.</param>
/// <param name="paths">Gives for the number of an attribute's text that of the text to take in its place.</param>
internal sealed class SampleColumn(string name, SampleColumn.Place from, Names? texts = null, NamedColumn? attribute = null, int context = -1, Func<int, int>? paths = null)
{
    /// <summary>Where a value is.</summary>
    public enum Place
    {
        User,
        Item,
        Session,
        Scenario,
        Recommendation,
        Text,
        Context,
        OfItem,
        OfUser,
        Position,
        Price,
        Value,
        Quantity,
        Time,
    }

    public string Name => name;

    public Place From => from;

    /// <summary>The texts that <see cref="Number"/> stands for; null for numbers and times.</summary>
    public Names? Texts => texts;

    /// <summary>The column of the log, of its items or of its users.</summary>
    public NamedColumn? Attribute => attribute;

    /// <summary>What rows may name that the log does not, or null.</summary>
    public Strangers? Strangers { get; set; }

    /// <summary>The number of the row's text, or -1.</summary>
    /// <param name="row">The row.</param>
    /// <param name="e">Its event; a period has one of nothing.</param>
    /// <param name="live">[context columns] the texts' numbers of a row that is not in the log.</param>
    public int Number(in SampleRow row, in ShopEvent e, ReadOnlySpan<int> live) => from switch
    {
        Place.User => row.User,
        Place.Item => row.Item,
        Place.Session => e.Session,
        Place.Scenario => e.Scenario,
        Place.Recommendation => e.Recommendation,
        Place.Text => e.Text,
        Place.Context => row.Event >= 0 ? attribute![row.Event] : context < live.Length ? live[context] : -1,
        Place.OfItem => Path(attribute![row.Item]),
        _ => Path(attribute![row.User]),
    };

    private int Path(int number) => paths is null || number < 0 ? number : paths(number);

    /// <summary>The row's number; NaN where it has none.</summary>
    public float Value(in ShopEvent e) => from switch
    {
        Place.Position => e.Position > 0 ? e.Position : float.NaN,
        Place.Price => e.Price,
        Place.Value => e.Value,
        _ => e.Quantity,
    };

    /// <summary>The row's value as text, empty where it has none; in <paramref name="buffer"/> where it is no text of the log.</summary>
    public ReadOnlySpan<byte> Bytes(in SampleRow row, in ShopEvent e, ReadOnlySpan<int> live, Span<byte> buffer)
    {
        if (texts is not null) return Number(row, e, live) is not (>= 0 and var number) ? default : Strangers?.Has(number) == true ? Strangers[number] : texts[number];
        int length;
        if (from == Place.Time)
        {
            DateTime.UnixEpoch.AddTicks(row.Time * TimeSpan.TicksPerMillisecond).TryFormat(buffer, out length, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            return buffer[..length];
        }

        float value = Value(e);
        if (float.IsNaN(value)) return default;
        value.TryFormat(buffer, out length, default, CultureInfo.InvariantCulture);
        return buffer[..length];
    }
}
