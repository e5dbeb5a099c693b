using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Sundry.Serving;

/// <summary>
/// Keeps answers: in memory at once, at most so many, and in the store a little later, so that no answer waits for a disk. Where too many wait to be written, or the store takes nothing for a while, new ones stay in memory
/// alone. Answers to a user who is forgotten are neither kept nor written afterwards.
/// </summary>
internal sealed class AnswerKeeper : IAsyncDisposable
{
    private const int Together = 256;

    // a commit costs the processor as much as a tenth of an answer, and each makes readers of the store look at its pages anew
    private static readonly TimeSpan s_gathering = TimeSpan.FromMilliseconds(50);

    private readonly ShopStore _store;
    private readonly ServeOptions _options;
    private readonly ConcurrentDictionary<string, KeptAnswer> _kept = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _order = new();
    private readonly ConcurrentDictionary<string, long> _forgotten = new(StringComparer.Ordinal);
    private readonly Channel<KeptAnswer> _waiting;
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource _closing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Task _writer;

    public AnswerKeeper(ShopStore store, ServeOptions options)
    {
        (_store, _options) = (store, options);
        _waiting = Channel.CreateBounded<KeptAnswer>(new BoundedChannelOptions(Math.Max(1, options.AnswersWaiting)) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
        _writer = Task.Run(Write);
    }

    /// <summary>Keeps an answer.</summary>
    public void Keep(KeptAnswer answer)
    {
        var id = answer.Explanation.Answer.Id;
        _kept[id] = answer;
        _order.Enqueue(id);
        while (_order.Count > _options.AnswersInMemory && _order.TryDequeue(out var oldest)) _kept.TryRemove(oldest, out _);
        if (!_waiting.Writer.TryWrite(answer)) Instruments.Unwritten.Add(1);
    }

    /// <summary>A kept answer; null where it is not known, or not any more.</summary>
    /// <exception cref="StoreUnavailableException">It is not in memory, and the store cannot be read just now.</exception>
    public async ValueTask<KeptAnswer?> Find(string id, CancellationToken cancel)
    {
        if (!TryFind(id, out var kept)) kept = await _store.Answers.Get(id, cancel) is { } stored ? KeptAnswer.Of(stored) : null;
        return kept is not null && kept.Expires > Now ? kept : null;
    }

    /// <summary>A kept answer, if it is in memory.</summary>
    public bool TryFind(string id, [NotNullWhen(true)] out KeptAnswer? kept) => _kept.TryGetValue(id, out kept);

    /// <summary>Deletes everything of a user: what is kept, what waits to be written, and, by <paramref name="forget"/>, what is stored.</summary>
    public async Task<bool> Forget(string user, Func<Task<bool>> forget)
    {
        _forgotten[user] = Now;
        var visits = _kept.Values.Where(k => k.Explanation.Request.User == user).Select(k => k.Explanation.Request.Session).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var (id, kept) in _kept)
            if (kept.Explanation.Request is var asked && (asked.User == user || (asked.Session is { } visit && visits.Contains(visit)))) _kept.TryRemove(id, out _);
        // what is being written now is stored before the store deletes; what waits is dropped when its turn comes
        await _writing.WaitAsync();
        try
        {
            return await forget();
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Whether an answer to a user that began at a moment may still be kept.</summary>
    public bool MayKeep(string? user, long time) => user is null || !_forgotten.TryGetValue(user, out var forgotten) || time > forgotten;

    /// <summary>Waits until nothing waits to be written.</summary>
    public async Task Drain(CancellationToken cancel)
    {
        while (_waiting.Reader.Count > 0) await Task.Delay(TimeSpan.FromMilliseconds(5), cancel);
        await _writing.WaitAsync(cancel);
        _writing.Release();
    }

    /// <summary>Writes what waits, unless the store takes nothing, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        _closing.TrySetResult();
        _ending.CancelAfter(TimeSpan.FromSeconds(5));
        await _writer;
        _ending.Dispose();
        _writing.Dispose();
    }

    private long Now => _options.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task Write()
    {
        var some = new List<KeptAnswer>(Together);
        while (await _waiting.Reader.WaitToReadAsync())
        {
            if (!_closing.Task.IsCompleted) await Task.WhenAny(_closing.Task, Task.Delay(s_gathering));
            await _writing.WaitAsync();
            try
            {
                some.Clear();
                while (some.Count < Together && _waiting.Reader.TryRead(out var next)) some.Add(next);
                // handed in together they are committed together
                await Task.WhenAll(some.Where(a => MayKeep(a.Explanation.Request.User, a.Explanation.Time)).Select(a => _store.Answers.Put(a.ToStored(), _options.KeepAnswers)));
            }
            catch (StoreUnavailableException)
            {
                // explanations are worth no queue that grows: these stay in memory alone
                Instruments.Unwritten.Add(some.Count);
                await Pause();
            }
            catch (Data.InputException)
            {
                Instruments.Unwritten.Add(some.Count);
            }
            finally
            {
                _writing.Release();
            }
        }
    }

    private async Task Pause()
    {
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), _ending.Token);
        }
        catch (OperationCanceledException)
        {
            // the server ends
        }
    }
}
