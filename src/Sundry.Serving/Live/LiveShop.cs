using Sundry.Data;

namespace Sundry.Serving;

/// <summary>
/// A shop's store, followed: what happened is in the state that the next answer reads. One thread applies what the store tells, in the order of its positions; any number of callers read.
/// </summary>
public sealed class LiveShop : IAsyncDisposable
{
    /// <summary>Restores the last checkpoint that fits, or begins from nothing, and follows the store up to its present position.</summary>
    /// <param name="store">The store; it stays the caller's.</param>
    /// <param name="encoder">The encoder whose counters and histories are kept; null without a model.</param>
    /// <param name="options">How.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be read just now.</exception>
    public static Task<LiveShop> Open(ShopStore store, Encoder? encoder, LiveOptions options, CancellationToken cancel = default) => throw new NotSupportedException();

    /// <summary>The store.</summary>
    public ShopStore Store => throw new NotSupportedException();

    /// <summary>The names of attributes that facts of this shop go by.</summary>
    public RuleNames Names => throw new NotSupportedException();

    /// <summary>What is known now. Take it once for an answer, within <see cref="Read"/>: a rebuild puts another in its place, with numbers of its own.</summary>
    public ShopMemory Now => throw new NotSupportedException();

    /// <summary>Everything up to this position is in the next answer.</summary>
    public long Position => throw new NotSupportedException();

    /// <summary>Whether the store is being followed and nothing of it is missing but what came just now.</summary>
    public bool Ready => throw new NotSupportedException();

    /// <summary>As <see cref="ShopMemory.Known"/> of <see cref="Now"/>.</summary>
    public EventLog Known => Now.Known;

    /// <summary>As <see cref="ShopMemory.State"/> of <see cref="Now"/>.</summary>
    public ShopState? State => Now.State;

    /// <summary>As <see cref="ShopMemory.Shelf"/> of <see cref="Now"/>.</summary>
    public ItemShelf Shelf => Now.Shelf;

    /// <summary>Called with a memory that a rebuild made, before it takes the place of the one before, on a thread of its own: to make what depends on its numbers.</summary>
    public Func<ShopMemory, CancellationToken, Task>? BeforeSwap { get; set; }

    /// <summary>Rules, scenarios and other documents as they are now.</summary>
    public IReadOnlyCollection<StoredDocument> Documents => throw new NotSupportedException();

    /// <summary>The position of the last change of a document.</summary>
    public long DocumentsChanged => throw new NotSupportedException();

    /// <summary>Waits until everything up to a position is in the next answer.</summary>
    public Task Reach(long position, CancellationToken cancel = default) => throw new NotSupportedException();

    /// <summary>A moment at which nothing changes, until it is disposed, by any thread. Not to be nested, and kept short: who tells events waits for it.</summary>
    public IDisposable Read() => throw new NotSupportedException();

    /// <summary>The time of a request that is answered now: the clock's, but later than every event that is known, so that features see all of them. Within <see cref="Read"/>.</summary>
    public long Moment() => throw new NotSupportedException();

    /// <summary>What is known of who asks; read from the store where it is not in memory. Within <see cref="Read"/>.</summary>
    /// <param name="user">The user's id, or null.</param>
    /// <param name="session">The visit's id, or null: what was done in it while no user was known.</param>
    /// <exception cref="StoreUnavailableException">It is not in memory, and the store cannot be read just now.</exception>
    public Visitor Visit(string? user, string? session) => throw new NotSupportedException();

    /// <summary>Saves the state in the store, so that the next start need not begin from nothing.</summary>
    /// <returns>Whether it was saved: not where a user was forgotten meanwhile, or a rebuild is due.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot write just now.</exception>
    public Task<bool> Checkpoint(CancellationToken cancel = default) => throw new NotSupportedException();

    /// <summary>Keeps the state of another encoder: at once where it needs the same counters, histories and columns, else after a rebuild in the background.</summary>
    public Task Use(Encoder? encoder, CancellationToken cancel = default) => throw new NotSupportedException();

    /// <summary>Deletes everything of a user from the store and from memory.</summary>
    /// <returns>Whether anything was there.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot write just now.</exception>
    public Task<bool> Forget(string user, CancellationToken cancel = default) => throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
