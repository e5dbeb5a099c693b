using System.Runtime.CompilerServices;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>A shop's events, in the order of their commits. An event is taken once, however often it is sent.</summary>
public sealed class StoredEvents
{
    /// <summary>The most events of one batch.</summary>
    public const int MostPerBatch = 10_000;

    private const string Telling = "item_id IS NOT NULL AND type NOT IN ('impression', 'search')";

    private readonly StoreEngine _engine;

    internal StoredEvents(StoreEngine engine) => _engine = engine;

    /// <summary>
    /// Takes a batch. Every event is accepted, found to be there already, or refused, each for itself; those that are accepted are committed together, and on the disk when this ends.
    /// A batch may be sent again whenever it is not known whether it was taken.
    /// </summary>
    /// <param name="events">The events.</param>
    /// <param name="cancel">Gives up before the batch waits to be written; from then on it is written.</param>
    /// <returns>[events] what became of each.</returns>
    /// <exception cref="InputException">There are more than <see cref="MostPerBatch"/>.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot write just now; nothing is acknowledged.</exception>
    public async Task<IReadOnlyList<EventReceipt>> Append(IReadOnlyList<EventRecord> events, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        if (events.Count > MostPerBatch) throw new InputException($"the batch has {events.Count} events, and {MostPerBatch} are the most; send it in parts");
        cancel.ThrowIfCancellationRequested();
        var receipts = new EventReceipt[events.Count];
        var (taken, places) = (new List<EventRecord>(events.Count), new List<int>(events.Count));
        var now = _engine.Options.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        for (var i = 0; i < receipts.Length; i++)
        {
            var record = events[i];
            if (_engine.Options.Rules.Problem(record, now) is { } problem)
            {
                receipts[i] = new(EventOutcome.Refused, record.Id, 0, problem);
                continue;
            }

            taken.Add(record.Id is null ? record with { Id = EventIdentity.Of(record) } : record);
            places.Add(i);
        }

        if (taken.Count == 0) return receipts;
        var positions = await _engine.Append([.. taken]);
        for (var i = 0; i < positions.Length; i++)
            receipts[places[i]] = new(positions[i] > 0 ? EventOutcome.Accepted : EventOutcome.Duplicate, taken[i].Id, positions[i], null);
        return receipts;
    }

    /// <summary>Events after a position, in the order of commits, at most <paramref name="limit"/>. Fewer than that are all there are.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read just now.</exception>
    public async Task<IReadOnlyList<StoredEvent>> After(long position, int limit, CancellationToken cancel = default) =>
        await _engine.Read($"SELECT {EventRows.Columns} FROM events WHERE position > @after ORDER BY position LIMIT @limit", EventRows.Read, cancel, ("@after", position), ("@limit", limit));

    /// <summary>As <see cref="After"/>, with no more of each event than a fold needs.</summary>
    internal Task<List<LiveEvent>> LiveAfter(long position, int limit, CancellationToken cancel) => _engine.Read(
        $"SELECT {LiveEvent.Columns} FROM events WHERE position > @after ORDER BY position LIMIT @limit", LiveEvent.Read, cancel, ("@after", position), ("@limit", limit));

    /// <summary>A user's last events about items, up to a position, newest first: those that say more than that an item was shown or found.</summary>
    internal Task<List<LiveEvent>> LastOfUser(string user, int limit, long upTo, CancellationToken cancel) =>
        _engine.Past(LiveEvent.Columns, LiveEvent.Read, Telling, ofUser: true, user, upTo + 1, limit, cancel);

    /// <summary>The same of a visit, while no user was known.</summary>
    internal Task<List<LiveEvent>> LastOfVisit(string session, int limit, long upTo, CancellationToken cancel) =>
        _engine.Past(LiveEvent.Columns, LiveEvent.Read, Telling, ofUser: false, session, upTo + 1, limit, cancel);

    /// <summary>A user's events before a position, newest first, at most <paramref name="limit"/>.</summary>
    /// <param name="user">The user.</param>
    /// <param name="limit">The most.</param>
    /// <param name="before">Where to begin; all there are by default.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be read just now.</exception>
    public async Task<IReadOnlyList<StoredEvent>> OfUser(string user, int limit, long before = long.MaxValue, CancellationToken cancel = default) =>
        await _engine.Past(EventRows.Columns, EventRows.Read, null, ofUser: true, user, before, limit, cancel);

    /// <summary>Events of a visit of which no user is known, before a position, newest first, at most <paramref name="limit"/>.</summary>
    /// <param name="session">The visit.</param>
    /// <param name="limit">The most.</param>
    /// <param name="before">Where to begin; all there are by default.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be read just now.</exception>
    public async Task<IReadOnlyList<StoredEvent>> OfVisit(string session, int limit, long before = long.MaxValue, CancellationToken cancel = default) =>
        await _engine.Past(EventRows.Columns, EventRows.Read, null, ofUser: false, session, before, limit, cancel);

    /// <summary>All events after a position, page by page, without waiting for more.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read just now.</exception>
    public async IAsyncEnumerable<IReadOnlyList<StoredEvent>> Pages(long position, int pageSize, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        while (true)
        {
            var page = await After(position, pageSize, cancel);
            if (page.Count > 0) yield return page;
            if (page.Count < pageSize) yield break;
            position = page[^1].Position;
        }
    }
}
