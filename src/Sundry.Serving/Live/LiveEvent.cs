using System.Data.Common;

namespace Sundry.Serving;

/// <summary>As much of an event as folds need. Numbers are what reading the store as a log makes of them: float32, missing where that is infinite.</summary>
internal readonly record struct LiveEvent(long Position, long Time, string Type, string? User, string? Session, string? Item, float Quantity, float Price, float Value, short Place)
{
    /// <summary>The columns in the order of <see cref="Read"/>.</summary>
    public const string Columns = "position, time, type, user_id, session_id, item_id, quantity, price, value, place";

    /// <summary>Reads a row of <see cref="Columns"/>.</summary>
    public static LiveEvent Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetString(2), Text(row, 3), Text(row, 4), Text(row, 5), Number(row, 6, 1), Number(row, 7, float.NaN), Number(row, 8, float.NaN),
        row.IsDBNull(9) ? (short)0 : (short)row.GetInt32(9));

    /// <summary>An event that was just stored, as reading it gives it.</summary>
    public static LiveEvent Of(long position, EventRecord e) => new(
        position, e.Time, e.Type, e.User, e.Session, e.Item, Number(e.Quantity, 1), Number(e.Price, float.NaN), Number(e.Value, float.NaN), (short)(e.Position ?? 0));

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static float Number(DbDataReader row, int column, float otherwise) => Number(row.IsDBNull(column) ? null : row.GetDouble(column), otherwise);

    // not every database keeps the sign of a zero: none has one here
    private static float Number(double? stored, float otherwise) => stored is { } value && (float)value is var number && float.IsFinite(number) ? number + 0f : otherwise;
}
