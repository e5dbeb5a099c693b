namespace Sundry.Serving;

/// <summary>Deletes everything of a user within one transaction.</summary>
internal static class Forgetting
{
    /// <summary>Deletes; returns whether anything was there.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="engine">Knows how a user's events are found.</param>
    /// <param name="user">The user.</param>
    /// <param name="mark">What stays.</param>
    public static bool Run(WriteSession session, StoreEngine engine, string user, byte[] mark)
    {
        var position = session.TakePosition();
        var visits = $"SELECT session_id FROM events WHERE {engine.OfUser} AND session_id IS NOT NULL";
        // first what hangs on the user's visits, while the events still name them
        var answers = session.Execute($"DELETE FROM answers WHERE user_id = @user OR session_id IN ({visits})", ("@user", user));
        var events = session.Execute($"DELETE FROM events WHERE {engine.OfVisits.Replace("{visits}", visits, StringComparison.Ordinal)}", ("@user", user));
        events += session.Execute($"DELETE FROM events WHERE {engine.OfUser}", ("@user", user));
        var rows = session.Execute("DELETE FROM users WHERE id = @user", ("@user", user));
        rows += session.Execute("DELETE FROM friends WHERE user_id = @user OR friend_id = @user", ("@user", user));
        session.CountEvents(-events);
        session.Purge = true;
        if (answers + events + rows == 0) return false;

        session.Execute("DELETE FROM checkpoint_parts");
        session.Execute("DELETE FROM checkpoints");
        session.Execute("INSERT INTO forgotten (position, mark, time) VALUES (@position, @mark, @time)", ("@position", position), ("@mark", mark), ("@time", session.Now));
        return true;
    }
}
