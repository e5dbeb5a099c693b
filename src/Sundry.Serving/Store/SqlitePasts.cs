namespace Sundry.Serving;

/// <summary>
/// Which events are whose, in SQLite. An index by user would have every event write a page of its own to the log, and again to the file: users come in no order. So the table <c>pasts</c> is in two parts
/// (a merge tree of two levels; O'Neil et al., "The log-structured merge-tree", 1996). An event goes to the few pages of its era, of 4,096 positions, by user; behind the commits eras that are past are moved to
/// era 0, in which everything is by user, a stretch of users at a time. Who looks for a user's events looks into each era, newest first. Triggers keep the table and the events together.
/// </summary>
internal static class SqlitePasts
{
    /// <summary>Makes the table of a store that has none, and fills it.</summary>
    public const string Tables = """
        CREATE TABLE pasts (era INTEGER NOT NULL, who TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (era, who, position)) WITHOUT ROWID;
        INSERT INTO pasts SELECT 0, CASE WHEN user_id IS NULL THEN 's' || session_id ELSE 'u' || user_id END AS who, position FROM events ORDER BY who, position;
        DROP INDEX events_user;
        DROP INDEX events_visit;
        CREATE TRIGGER events_come AFTER INSERT ON events BEGIN INSERT INTO pasts VALUES (1 + (NEW.position >> 12), CASE WHEN NEW.user_id IS NULL THEN 's' || NEW.session_id ELSE 'u' || NEW.user_id END, NEW.position); END;
        CREATE TRIGGER events_go AFTER DELETE ON events BEGIN DELETE FROM pasts WHERE era IN (0, 1 + (OLD.position >> 12)) AND who = CASE WHEN OLD.user_id IS NULL THEN 's' || OLD.session_id ELSE 'u' || OLD.user_id END AND position = OLD.position; END;
        """;

    /// <summary>The condition that an event is of the user <c>@user</c>.</summary>
    public const string OfUser = $"position IN ({Eras} SELECT p.position FROM eras CROSS JOIN pasts p ON p.era = eras.era AND p.who = 'u' || @user)";

    /// <summary>The condition that an event is of one of the select <c>{visits}</c>, while no user was known.</summary>
    public const string OfVisits = $"position IN ({Eras} SELECT p.position FROM ({{visits}}) AS v CROSS JOIN eras CROSS JOIN pasts p ON p.era = eras.era AND p.who = 's' || v.session_id)";

    /// <summary>Eras that are left as they are, so that there is much to be moved for each stretch of users.</summary>
    public const int Kept = 32;

    private const string Eras = "WITH RECURSIVE eras (era) AS (SELECT 0 UNION ALL SELECT (SELECT min(era) FROM pasts WHERE era > eras.era) FROM eras WHERE eras.era IS NOT NULL)";
    private const string Next = $"{Eras} SELECT min((SELECT p.who FROM pasts p WHERE p.era = eras.era AND p.who > @first ORDER BY p.who LIMIT 1 OFFSET @each)) FROM eras WHERE eras.era > 0 AND eras.era < @now";
    private const string From = "FROM pasts WHERE era = @era AND who >= @first AND who < @next";

    // after every text
    private static readonly byte[] s_end = [];

    /// <summary>The last events of somebody that are not in era 0 yet.</summary>
    public static string Young(string columns, string? filter) =>
        $"{Eras} SELECT {Of(columns)} FROM eras CROSS JOIN pasts p ON p.era = eras.era AND p.who = @who AND p.position < @before CROSS JOIN events e ON e.position = p.position WHERE eras.era > 0{And(filter)} ORDER BY p.position DESC LIMIT @limit";

    /// <summary>The last events of somebody that are; they are all before those that are not.</summary>
    public static string Old(string columns, string? filter) =>
        $"SELECT {Of(columns)} FROM pasts p CROSS JOIN events e ON e.position = p.position WHERE p.era = 0 AND p.who = @who AND p.position < @before{And(filter)} ORDER BY p.position DESC LIMIT @limit";

    /// <summary>Moves a stretch of users from all eras that are past to era 0, where there are more such eras than should be.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="position">The last position.</param>
    /// <param name="rows">About how many rows to move.</param>
    public static void Move(WriteSession session, long position, int rows)
    {
        var now = 1 + (position >> 12);
        if (session.List("SELECT min(era) FROM pasts WHERE era > 0", r => r.IsDBNull(0) ? now : r.GetInt64(0))[0] is var oldest && now - oldest <= Kept) return;
        // no more of any era than its part: one may hold much less than another
        var each = Math.Max(1, rows / (now - oldest));
        var first = session.List("SELECT min(who) FROM pasts WHERE era = @era", r => r.GetString(0), ("@era", oldest))[0];
        var next = session.List(Next, r => r.IsDBNull(0) ? null : r.GetString(0), ("@first", first), ("@each", each), ("@now", now))[0];
        for (var era = oldest; era < now; era++)
        {
            session.Execute($"INSERT INTO pasts SELECT 0, who, position {From}", ("@era", era), ("@first", first), ("@next", (object?)next ?? s_end));
            session.Execute($"DELETE {From}", ("@era", era), ("@first", first), ("@next", (object?)next ?? s_end));
        }
    }

    private static string And(string? filter) => filter is null ? "" : " AND " + filter;

    // the position is there twice
    private static string Of(string columns) => "e." + columns;
}
