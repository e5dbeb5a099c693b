using Sundry.Data;

namespace Sundry.Serving;

/// <summary>Who is whose friend. A friendship has no direction.</summary>
public sealed class StoredFriends
{
    private const int PerCommit = 500;
    private const string Columns = "SELECT user_id, friend_id, removed, changed FROM friends";

    private const string Insert = """
        INSERT INTO friends (user_id, friend_id, removed, changed) VALUES (@user, @friend, 0, @position)
        ON CONFLICT (user_id, friend_id) DO UPDATE SET removed = 0, changed = excluded.changed WHERE friends.removed = 1
        """;

    private readonly StoreEngine _engine;
    private readonly string _known;

    internal StoredFriends(StoreEngine engine)
    {
        _engine = engine;
        var first = engine.Options.Version < 3 ? ("", "") : (", first", ", @position");
        _known = $"INSERT INTO users (id, changed{first.Item1}) VALUES (@user, @position{first.Item2}) ON CONFLICT (id) DO NOTHING";
    }

    /// <summary>Makes pairs of users friends, or undoes that. Many are committed in parts of 500.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="removed">Whether they are friends no longer.</param>
    /// <param name="cancel">Gives up between parts.</param>
    /// <returns>How many pairs changed.</returns>
    /// <exception cref="InputException">A user has no usable id, or would be their own friend; nothing was written.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot write just now; all may be sent again.</exception>
    public async Task<int> Put(IReadOnlyList<(string User, string Friend)> pairs, bool removed = false, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var clean = pairs.Select(p => Ordered(StoredText.Name("user", p.User), StoredText.Name("friend", p.Friend))).ToArray();
        var changed = 0;
        foreach (var part in clean.Chunk(PerCommit))
        {
            cancel.ThrowIfCancellationRequested();
            changed += await _engine.Write(session => part.Sum(p => removed ? Remove(session, p) : Add(session, p)), part.Length);
        }

        return changed;
    }

    /// <summary>A user's friends.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read just now.</exception>
    public async Task<IReadOnlyList<string>> Of(string user, CancellationToken cancel = default) => await _engine.Read(
        "SELECT friend_id FROM friends WHERE user_id = @user AND removed = 0 UNION ALL SELECT user_id FROM friends WHERE friend_id = @user AND removed = 0",
        r => r.GetString(0), cancel, ("@user", user));

    /// <summary>Pairs that changed after a position, in the order of their last changes, at most <paramref name="limit"/>; from 0 on all of them.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read just now.</exception>
    public async Task<IReadOnlyList<StoredFriendship>> After(long position, int limit, CancellationToken cancel = default) => await _engine.Read(
        $"{Columns} WHERE changed > @after ORDER BY changed LIMIT @limit",
        r => new StoredFriendship(r.GetString(0), r.GetString(1), r.GetInt32(2) != 0, r.GetInt64(3)), cancel, ("@after", position), ("@limit", limit));

    private int Add(WriteSession session, (string User, string Friend) pair)
    {
        // whoever has friends is known, if by nothing else: followers number users in the order in which they were described first
        session.Execute(_known, ("@user", pair.User), ("@position", session.TakePosition()));
        session.Execute(_known, ("@user", pair.Friend), ("@position", session.TakePosition()));
        return session.Execute(Insert, ("@user", pair.User), ("@friend", pair.Friend), ("@position", session.TakePosition()));
    }

    private static int Remove(WriteSession session, (string User, string Friend) pair) => session.Execute(
        "UPDATE friends SET removed = 1, changed = @position WHERE user_id = @user AND friend_id = @friend AND removed = 0",
        ("@position", session.TakePosition()), ("@user", pair.User), ("@friend", pair.Friend));

    private static (string User, string Friend) Ordered(string user, string friend) => string.CompareOrdinal(user, friend) switch
    {
        < 0 => (user, friend),
        > 0 => (friend, user),
        _ => throw new InputException($"the user '{user}' cannot be their own friend; leave the pair out"),
    };
}
