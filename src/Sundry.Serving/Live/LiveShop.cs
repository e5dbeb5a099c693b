using Sundry.Data;

namespace Sundry.Serving;

/// <summary>
/// A shop's store, followed: what happened is in the state that the next answer reads. One thread applies what the store tells, in the order of its positions; any number of callers read.
/// </summary>
public sealed class LiveShop : IAsyncDisposable
{
    private readonly LiveFollower _follower;
    private bool _disposed;

    private LiveShop(LiveFollower follower) => _follower = follower;

    /// <summary>Restores the last checkpoint that fits, or begins from nothing, and follows the store up to its present position.</summary>
    /// <param name="store">The store; it stays the caller's.</param>
    /// <param name="encoder">The encoder whose counters and histories are kept; null without a model.</param>
    /// <param name="options">How.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="InputException">The encoder was fitted by a version that did not keep the log's columns.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be read just now.</exception>
    public static Task<LiveShop> Open(ShopStore store, Encoder? encoder, LiveOptions options, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        return Open(store, encoder, options, Descriptions.Begin(store, cancel), cancel);
    }

    /// <summary>As the other, with descriptions that are being read already.</summary>
    internal static async Task<LiveShop> Open(ShopStore store, Encoder? encoder, LiveOptions options, Descriptions descriptions, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(options);
        var names = new RuleNames();
        var restored = await LiveCheckpoint.Restore(store, encoder, options, names, descriptions, cancel);
        var (memory, forgotten) = restored is null ? await LiveRebuild.Run(store, encoder, options, names, descriptions, cancel) : (restored, restored.Position);
        var follower = new LiveFollower(store, options, names, memory, forgotten) { WasRestored = restored is not null };
        try
        {
            await follower.Start(cancel);
            return new LiveShop(follower);
        }
        catch
        {
            await follower.DisposeAsync();
            throw;
        }
    }

    /// <summary>The store.</summary>
    public ShopStore Store => _follower.Store;

    /// <summary>The names of attributes that facts of this shop go by.</summary>
    public RuleNames Names => _follower.Names;

    /// <summary>What is known now. Take it once for an answer, within <see cref="Read"/>: a rebuild puts another in its place, with numbers of its own.</summary>
    public ShopMemory Now => _follower.Now;

    /// <summary>Everything up to this position is in the next answer.</summary>
    public long Position => _follower.Now.Position;

    /// <summary>Whether the store is being followed: false after <see cref="Fault"/>, and once this is disposed.</summary>
    public bool Ready => !_disposed && Fault is null;

    /// <summary>Why the store could not be followed when that was tried last; null where it could.</summary>
    public Exception? Fault => _follower.Fault;

    /// <summary>Whether it began with a checkpoint.</summary>
    public bool WasRestored => _follower.WasRestored;

    /// <summary>As <see cref="ShopMemory.Known"/> of <see cref="Now"/>.</summary>
    public EventLog Known => Now.Known;

    /// <summary>As <see cref="ShopMemory.State"/> of <see cref="Now"/>.</summary>
    public ShopState? State => Now.State;

    /// <summary>As <see cref="ShopMemory.Shelf"/> of <see cref="Now"/>.</summary>
    public ItemShelf Shelf => Now.Shelf;

    /// <summary>Called with a memory that a rebuild made, before it takes the place of the one before, on a thread of its own: to make what depends on its numbers.</summary>
    public Func<ShopMemory, CancellationToken, Task>? BeforeSwap
    {
        get => _follower.BeforeSwap;
        set => _follower.BeforeSwap = value;
    }

    /// <summary>Rules, scenarios and other documents as they are now.</summary>
    public IReadOnlyList<StoredDocument> Documents => _follower.Documents.All;

    /// <summary>The position of the last change of a document.</summary>
    public long DocumentsChanged => _follower.Documents.Changed;

    /// <summary>Waits until everything up to a position is in the next answer.</summary>
    /// <exception cref="ObjectDisposedException">The shop is followed no longer.</exception>
    public Task Reach(long position, CancellationToken cancel = default) => _follower.Reached.After(position, cancel);

    /// <summary>A moment at which nothing changes, until it is disposed, by any thread. Not to be nested, and kept short: who tells events waits for it.</summary>
    public IDisposable Read() => _follower.Gate.Read();

    /// <summary>The time of a request that is answered now: the clock's, but later than every event that is known, so that features see all of them. Within <see cref="Read"/>.</summary>
    public long Moment() => Math.Max(_follower.Options.Clock.GetUtcNow().ToUnixTimeMilliseconds(), Now.Time + 1);

    /// <summary>What is known of who asks; read from the store where it is not in memory. Within <see cref="Read"/>.</summary>
    /// <param name="user">The user's id, or null.</param>
    /// <param name="session">The visit's id, or null: what was done in it while no user was known.</param>
    /// <exception cref="StoreUnavailableException">It is not in memory, and the store cannot be read just now.</exception>
    public Visitor Visit(string? user, string? session) => VisitorLookup.Of(Store, Now, Names, _follower.Options, user, session);

    /// <summary>Saves the state in the store, so that the next start need not begin from nothing.</summary>
    /// <returns>Whether it was saved: not where a user was forgotten whose counts are still in memory.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot write just now.</exception>
    public Task<bool> Checkpoint(CancellationToken cancel = default) => _follower.Checkpoint().WaitAsync(cancel);

    /// <summary>Keeps the state of another encoder: at once where it needs the same counters, histories and columns, else after a rebuild in the background.</summary>
    /// <exception cref="InputException">The encoder was fitted by a version that did not keep the log's columns.</exception>
    public Task Use(Encoder? encoder, CancellationToken cancel = default)
    {
        _ = new GrowingLog(encoder);
        return _follower.Use(encoder).WaitAsync(cancel);
    }

    /// <summary>Makes the state anew from nothing but the store, in the background, and waits until that is what answers read.</summary>
    public Task Rebuild(CancellationToken cancel = default) => _follower.Use(Now.Encoder, always: true).WaitAsync(cancel);

    /// <summary>Deletes everything of a user from the store and from memory.</summary>
    /// <returns>Whether anything was there.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot write just now.</exception>
    public async Task<bool> Forget(string user, CancellationToken cancel = default)
    {
        var there = await Store.Forget(user, cancel);
        await Reach(await Store.Position(cancel), cancel);
        return there;
    }

    /// <summary>Saves the state where something has changed, and ends the following.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true)) return;
        await _follower.DisposeAsync();
    }
}
