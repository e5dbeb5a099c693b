using System.Data.Common;

namespace Sundry.Serving;

/// <summary>Events as rows of the table <c>events</c>.</summary>
internal static class EventRows
{
    /// <summary>The columns in the order in which they are read and written.</summary>
    public const string Columns = "position, id, type, user_id, session_id, item_id, time, quantity, price, value, place, scenario, recommendation, text, context, received";

    /// <summary>Reads a row of <see cref="Columns"/>.</summary>
    public static StoredEvent Read(DbDataReader row) => new(row.GetInt64(0), row.GetInt64(15), new EventRecord
    {
        Id = row.GetString(1),
        Type = row.GetString(2),
        User = Text(row, 3),
        Session = Text(row, 4),
        Item = Text(row, 5),
        Time = row.GetInt64(6),
        Quantity = Number(row, 7),
        Price = Number(row, 8),
        Value = Number(row, 9),
        Position = row.IsDBNull(10) ? null : row.GetInt32(10),
        Scenario = Text(row, 11),
        Recommendation = Text(row, 12),
        Text = Text(row, 13),
        Context = Text(row, 14),
    });

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static double? Number(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);
}
