namespace Sundry.Serving;

/// <summary>
/// Which events are whose, in SQLite. An index by user would have every event write a page of its own to the log, and again to the file: users come in no order. So the table <c>pasts</c> is a merge tree
/// (O'Neil et al., "The log-structured merge-tree", 1996). An event goes to the few pages of its era, of 4,096 positions, by user; behind the commits sixteen eras that are past are merged into one of the next level, a
/// stretch of users at a time, and sixteen of these into one of the level after that. Who looks for a user's events looks into each era, of which there are at most fifteen a level that stay. Era 0 has what was there before there
/// were eras. Triggers keep the table and the events together.
/// </summary>
internal static class SqlitePasts
{
    /// <summary>Eras that are merged into one.</summary>
    public const int Together = 1 << Bits;

    private const int Bits = 4;
    private const int FirstShift = 12;
    private const int Levels = 6;
    // numbers of eras of a level begin here; level 0 at 1
    private const int LevelShift = 40;
    // stretches of a commit, where eras that hold next to nothing make them short
    private const int MostStretches = 8;

    /// <summary>Makes the table of a store that has none, and fills it.</summary>
    public static readonly string Tables = $"""
        CREATE TABLE pasts (era INTEGER NOT NULL, who TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (era, who, position)) WITHOUT ROWID;
        INSERT INTO pasts SELECT 0, CASE WHEN user_id IS NULL THEN 's' || session_id ELSE 'u' || user_id END AS who, position FROM events ORDER BY who, position;
        DROP INDEX events_user;
        DROP INDEX events_visit;
        CREATE TRIGGER events_come AFTER INSERT ON events BEGIN INSERT INTO pasts VALUES ({EraSql(0, "NEW.position")}, CASE WHEN NEW.user_id IS NULL THEN 's' || NEW.session_id ELSE 'u' || NEW.user_id END, NEW.position); END;
        CREATE TRIGGER events_go AFTER DELETE ON events BEGIN DELETE FROM pasts WHERE era IN (0, {string.Join(", ", Enumerable.Range(0, Levels).Select(level => EraSql(level, "OLD.position")))}) AND who = CASE WHEN OLD.user_id IS NULL THEN 's' || OLD.session_id ELSE 'u' || OLD.user_id END AND position = OLD.position; END;
        """;

    /// <summary>The condition that an event is of the user <c>@user</c>.</summary>
    public const string OfUser = $"position IN ({Eras} SELECT p.position FROM eras CROSS JOIN pasts p ON p.era = eras.era AND p.who = 'u' || @user)";

    /// <summary>The condition that an event is of one of the select <c>{visits}</c>, while no user was known.</summary>
    public const string OfVisits = $"position IN ({Eras} SELECT p.position FROM ({{visits}}) AS v CROSS JOIN eras CROSS JOIN pasts p ON p.era = eras.era AND p.who = 's' || v.session_id)";

    private const string Eras = "WITH RECURSIVE eras (era) AS (SELECT 0 UNION ALL SELECT (SELECT min(era) FROM pasts WHERE era > eras.era) FROM eras WHERE eras.era IS NOT NULL)";
    private const string Some = "WITH RECURSIVE eras (era) AS (SELECT (SELECT min(era) FROM pasts WHERE era >= @from) UNION ALL SELECT (SELECT min(era) FROM pasts WHERE era > eras.era) FROM eras WHERE eras.era < @to)";
    private const string First = $"{Some} SELECT min((SELECT min(p.who) FROM pasts p WHERE p.era = eras.era)) FROM eras WHERE era < @to";
    private const string Next = $"{Some} SELECT min((SELECT p.who FROM pasts p WHERE p.era = eras.era AND p.who > @first ORDER BY p.who LIMIT 1 OFFSET @each)) FROM eras WHERE era < @to";
    private const string Stretch = "FROM pasts WHERE era = @era AND who >= @first AND who < @next";

    // after every text
    private static readonly byte[] s_end = [];

    /// <summary>The last events of somebody that are in an era; each is in one, whatever is being merged.</summary>
    public static string Young(string columns, string? filter) =>
        $"{Eras} SELECT {Of(columns)} FROM eras CROSS JOIN pasts p ON p.era = eras.era AND p.who = @who AND p.position < @before CROSS JOIN events e ON e.position = p.position WHERE eras.era > 0{And(filter)} ORDER BY p.position DESC LIMIT @limit";

    /// <summary>The last events of somebody from before there were eras.</summary>
    public static string Old(string columns, string? filter) =>
        $"SELECT {Of(columns)} FROM pasts p CROSS JOIN events e ON e.position = p.position WHERE p.era = 0 AND p.who = @who AND p.position < @before{And(filter)} ORDER BY p.position DESC LIMIT @limit";

    /// <summary>Merges, on each level, stretches of users of eras that are past.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="position">The last position.</param>
    /// <param name="rows">About how many rows to move on a level; as many as come are not enough.</param>
    public static void Move(WriteSession session, long position, int rows)
    {
        for (var level = 0; level + 1 < Levels; level++)
        {
            var oldest = session.List("SELECT min(era) FROM pasts WHERE era >= @from AND era < @to", r => r.IsDBNull(0) ? -1 : r.GetInt64(0), ("@from", Era(level, 0)), ("@to", Era(level + 1, 0)))[0];
            if (oldest < 0) continue;
            var merged = (oldest - Era(level, 0)) >> Bits;
            // all of them must be past
            if (position >> (FirstShift + Bits * (level + 1)) <= merged) continue;
            var (from, to) = (Era(level, merged << Bits), Era(level, (merged + 1) << Bits));
            var left = rows;
            for (var stretch = 0; stretch < MostStretches && left > 0; stretch++)
            {
                var moved = Move(session, from, to, Era(level + 1, merged), left);
                if (moved == 0) break;
                left -= moved;
            }
        }
    }

    private static int Move(WriteSession session, long from, long to, long into, int rows)
    {
        var eras = session.List($"{Some} SELECT era FROM eras WHERE era < @to", r => r.GetInt64(0), ("@from", from), ("@to", to));
        if (eras.Count == 0) return 0;
        // no more of any era than its part: one may hold much less than another
        var each = Math.Max(1, rows / eras.Count);
        var first = session.List(First, r => r.GetString(0), ("@from", from), ("@to", to))[0];
        var next = session.List(Next, r => r.IsDBNull(0) ? null : r.GetString(0), ("@from", from), ("@to", to), ("@first", first), ("@each", each))[0];
        var moved = 0;
        foreach (var era in eras)
        {
            moved += session.Execute($"INSERT INTO pasts SELECT @into, who, position {Stretch}", ("@into", into), ("@era", era), ("@first", first), ("@next", (object?)next ?? s_end));
            session.Execute($"DELETE {Stretch}", ("@era", era), ("@first", first), ("@next", (object?)next ?? s_end));
        }

        return moved;
    }

    private static long Era(int level, long number) => ((long)level << LevelShift) + 1 + number;

    private static string EraSql(int level, string position) => $"{Era(level, 0)} + ({position} >> {FirstShift + Bits * level})";

    private static string And(string? filter) => filter is null ? "" : " AND " + filter;

    // the position is there twice
    private static string Of(string columns) => "e." + columns;
}
