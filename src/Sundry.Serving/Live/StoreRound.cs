namespace Sundry.Serving;

/// <summary>What a store tells a memory next: events up to a position, and what else changed.</summary>
/// <param name="UpTo">With it everything up to this position is known.</param>
/// <param name="EventsAlone">Whether nothing but events can have changed.</param>
/// <param name="IsLast">Whether there was no more when it was read.</param>
/// <param name="Events">Events after the memory's position, in order.</param>
/// <param name="Items">Items that changed, also those that did after <paramref name="UpTo"/>.</param>
/// <param name="Users">Users that changed, likewise.</param>
/// <param name="Friends">Friendships that changed, likewise; none where nobody asks for them.</param>
/// <param name="Forgotten">Marks of users who were forgotten, in order.</param>
internal sealed record StoreRound(
    long UpTo, bool EventsAlone, bool IsLast, IReadOnlyList<LiveEvent> Events, IReadOnlyList<EntityRow> Items, IReadOnlyList<EntityRow> Users, IReadOnlyList<StoredFriendship> Friends,
    IReadOnlyList<(long Position, byte[] Mark)> Forgotten)
{
    private const int RowsAtOnce = 5_000;

    /// <summary>Reads the next round.</summary>
    /// <param name="store">The store.</param>
    /// <param name="memory">Says what is known.</param>
    /// <param name="forgottenUpTo">Marks up to here tell nothing new.</param>
    /// <param name="target">A position that was used.</param>
    /// <param name="events">Events after the memory's position, at most <paramref name="pageSize"/>.</param>
    /// <param name="pageSize">Fewer events than this are all.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<StoreRound> Read(ShopStore store, ShopMemory memory, long forgottenUpTo, long target, IReadOnlyList<LiveEvent> events, int pageSize, CancellationToken cancel)
    {
        var isLast = events.Count < pageSize;
        var upTo = events.Count == 0 ? target : isLast ? Math.Max(target, events[^1].Position) : events[^1].Position;
        // each change takes a position of its own: where all are events, nothing else can have changed
        if (events.Count == upTo - memory.Position) return new StoreRound(upTo, true, isLast, events, [], [], [], []);
        // read after the events: whatever was described up to the last of them is visible by now
        var items = await Changed(store.Items, memory.ItemsRead, cancel);
        var users = await Changed(store.Users, memory.UsersRead, cancel);
        var forgotten = await store.ForgottenAfter(Math.Max(forgottenUpTo, memory.Position), int.MaxValue, cancel);
        var friends = memory.WantsFriends ? await Changed(store.Friends, Math.Max(memory.FriendsRead, memory.Position), cancel) : [];
        return new StoreRound(upTo, false, isLast, events, items, users, friends, [.. forgotten.TakeWhile(f => f.Position <= upTo)]);
    }

    /// <summary>All that changed after a position.</summary>
    public static async Task<List<EntityRow>> Changed(StoredEntities entities, long after, CancellationToken cancel)
    {
        var all = await entities.RowsAfter(after, RowsAtOnce, cancel);
        for (var page = all; page.Count == RowsAtOnce;)
        {
            page = await entities.RowsAfter(page[^1].Changed, RowsAtOnce, cancel);
            all.AddRange(page);
        }

        return all;
    }

    /// <summary>All friendships that changed after a position.</summary>
    public static async Task<List<StoredFriendship>> Changed(StoredFriends friends, long after, CancellationToken cancel)
    {
        var all = new List<StoredFriendship>();
        for (var page = await friends.After(after, RowsAtOnce, cancel); page.Count > 0; page = await friends.After(page[^1].Position, RowsAtOnce, cancel))
        {
            all.AddRange(page);
            if (page.Count < RowsAtOnce) break;
        }

        return all;
    }

    /// <summary>Tells a memory all of it, in the order of positions.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="mark">Gives the mark of a user.</param>
    /// <param name="gate">Keeps readers out, a few events at a time; null where there are none.</param>
    /// <param name="atOnce">The most events while readers wait.</param>
    public void ApplyTo(ShopMemory memory, Func<string, byte[]> mark, ShopGate? gate, int atOnce)
    {
        gate?.EnterWrite();
        var inside = true;
        try
        {
            var (e, d, f, steps) = (0, 0, 0, 0);
            for (var i = 0; i < Items.Count + Users.Count + Friends.Count; i++)
            {
                if (i < Items.Count) memory.DescribeItem(Items[i]);
                else if (i < Items.Count + Users.Count) memory.DescribeUser(Users[i - Items.Count]);
                else memory.Befriend(Friends[i - Items.Count - Users.Count]);
                if (++steps % atOnce != 0) continue;
                Open(ref inside, gate);
                Close(ref inside, gate);
            }

            var due = memory.Due(UpTo);
            while (true)
            {
                var (event1, due1, forgotten1) = (e < Events.Count ? Events[e].Position : long.MaxValue, d < due.Count ? due[d].First : long.MaxValue, f < Forgotten.Count ? Forgotten[f].Position : long.MaxValue);
                if (event1 < due1 && event1 < forgotten1)
                {
                    memory.Apply(Events[e++]);
                }
                else if (due1 < forgotten1)
                {
                    memory.Number(due[d].Row, due[d].IsItem);
                    d++;
                }
                else if (forgotten1 < long.MaxValue)
                {
                    // whoever reads may go on while marks are compared
                    Open(ref inside, gate);
                    var marks = new HashSet<string>();
                    for (; f < Forgotten.Count && Forgotten[f].Position <= Math.Min(event1, due1); f++) marks.Add(Convert.ToHexString(Forgotten[f].Mark));
                    var users = memory.Marked(marks, mark);
                    Close(ref inside, gate);
                    memory.Forget(users, Users);
                    memory.ForgetWaiting(marks, mark);
                    // what is newer than the forgetting holds
                    foreach (var friendship in Friends) memory.Befriend(friendship);
                    (due, d) = (memory.Due(UpTo), 0);
                }
                else
                {
                    break;
                }

                if (++steps % atOnce != 0) continue;
                Open(ref inside, gate);
                Close(ref inside, gate);
            }

            memory.Reached(UpTo);
        }
        finally
        {
            Open(ref inside, gate);
        }
    }

    private static void Open(ref bool inside, ShopGate? gate)
    {
        if (!inside) return;
        inside = false;
        gate?.ExitWrite();
    }

    private static void Close(ref bool inside, ShopGate? gate)
    {
        gate?.EnterWrite();
        inside = true;
    }
}
