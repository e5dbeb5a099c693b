using System.Diagnostics;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>The thread that follows a store: applies what it tells to the memory that answers read, saves that memory now and then, and puts another in its place when one was made anew.</summary>
internal sealed class LiveFollower(ShopStore store, LiveOptions options, RuleNames names, ShopMemory memory, long forgottenUpTo) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly object _bell = new();
    private readonly Lock _asking = new();
    private readonly List<TaskCompletionSource<bool>> _wantSaved = [];
    private readonly List<TaskCompletionSource> _wantMade = [];
    private ShopMemory _now = memory;
    private Encoder? _encoder = memory.Encoder;
    private bool _encoderWanted;
    private bool _rebuildWanted;
    private Task? _following;
    private bool _rung;
    private bool _look = true;
    // kept: a large list made anew for each commit would bring about full collections
    private readonly List<LiveEvent> _events = [];
    private CommitTail? _tail;
    private long _lookedAt;
    private Task? _saving;
    private Task<ScratchStream>? _preparing;
    private Task<(ShopMemory Memory, long ForgottenUpTo)>? _making;
    private List<TaskCompletionSource> _madeFor = [];
    private long _savedChanges = -1;
    private long _savedAt;
    private long _staleSince;

    public ShopStore Store => store;

    public LiveOptions Options => options;

    public RuleNames Names => names;

    public ShopGate Gate { get; } = new();

    public PositionWaiters Reached { get; } = new();

    public LiveDocuments Documents { get; } = new();

    public ShopMemory Now => Volatile.Read(ref _now);

    public Exception? Fault { get; private set; }

    public bool WasRestored { get; init; }

    public Func<ShopMemory, CancellationToken, Task>? BeforeSwap { get; set; }

    /// <summary>Catches up with the store, and goes on following it.</summary>
    public async Task Start(CancellationToken cancel)
    {
        // before anything is read: so nothing is missed
        _tail = store.Engine.Tails.Follow(Wake);
        Documents.Take(await store.Documents.After(0, cancel));
        // a memory that was restored is saved already
        if (WasRestored) _savedChanges = _now.Changes;
        _savedAt = options.Clock.GetTimestamp();
        while (!await Advance(_now, await store.Position(cancel), cancel))
        {
        }

        _following = Task.Factory.StartNew(Follow, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Saves the memory as it is when the thread comes to it.</summary>
    public Task<bool> Checkpoint() => Ask(() =>
    {
        var saved = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _wantSaved.Add(saved);
        return saved.Task;
    });

    /// <summary>Keeps the state of another encoder; done when answers read it.</summary>
    public Task Use(Encoder? encoder, bool always = false) => Ask(() =>
    {
        (_encoder, _encoderWanted) = (encoder, true);
        _rebuildWanted |= always;
        var made = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _wantMade.Add(made);
        return made.Task;
    });

    /// <summary>Ends the following; what has changed is saved.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Wake();
        if (_following is not null) await _following;
        _tail?.Dispose();
        Reached.End();
        _stop.Dispose();
    }

    private T Ask<T>(Func<T> ask)
    {
        lock (_asking)
        {
            ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, typeof(LiveShop));
            var asked = ask();
            Wake();
            return asked;
        }
    }

    private void Follow()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Serve();
                if (TakeTail()) continue;
                if (Rests) Wait(options.RestAfterFault);
                else if (_look || _tail!.TakeGap() || Stopwatch.GetElapsedTime(_lookedAt) >= store.Engine.Options.LookEvery) Look();
                else Wait(store.Engine.Options.LookEvery);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // whatever it was, the shop must go on being followed; Fault says so meanwhile
            catch (Exception e)
#pragma warning restore CA1031
            {
                (Fault, _look) = (e, true);
                _stop.Token.WaitHandle.WaitOne(options.RestAfterFault);
            }
        }

        End();
    }

    // a store that could not be read is left alone for a while; what is committed here is applied all the same
    private bool Rests => Fault is StoreUnavailableException && Stopwatch.GetElapsedTime(_lookedAt) < options.RestAfterFault;

    /// <summary>Applies what was committed in this process just now, without reading it; gives whether that was what comes next.</summary>
    private bool TakeTail()
    {
        if (_tail!.Take(_now.Position) is not { } commit) return false;
        _events.Clear();
        commit.AddTo(_events);
        new StoreRound(commit.UpTo, true, true, _events, [], [], [], []).ApplyTo(_now, store.Mark, Gate, options.AppliedAtOnce);
        // a fault stays until the store was read: this says nothing of whether it can be
        Reached.Reach(_now.Position);
        return true;
    }

    /// <summary>Reads from the store what comes next.</summary>
    private void Look()
    {
        try
        {
            (_look, _lookedAt) = (false, Stopwatch.GetTimestamp());
            var target = store.Position(_stop.Token).GetAwaiter().GetResult();
            if (target > _now.Position && !Advance(_now, target, default).GetAwaiter().GetResult()) _look = true;
            Fault = null;
        }
        catch (StoreUnavailableException e)
        {
            (Fault, _look, _lookedAt) = (e, true, Stopwatch.GetTimestamp());
        }
    }

    /// <summary>Waits until somebody says that there is something new, or something else to do, or until it is time to look.</summary>
    private void Wait(TimeSpan look)
    {
        var due = Due();
        lock (_bell)
        {
            if (!_rung) _look |= !Monitor.Wait(_bell, due < look ? due : look);
            _rung = false;
        }
    }

    private void Wake()
    {
        lock (_bell)
        {
            _rung = true;
            Monitor.Pulse(_bell);
        }
    }

    // how long nothing needs to be done by itself
    private TimeSpan Due()
    {
        var due = TimeSpan.FromSeconds(30);
        if (options.CheckpointEvery > TimeSpan.Zero && options.CheckpointEvery < due) due = options.CheckpointEvery;
        return _now.IsStale && options.RebuildAfter < due ? options.RebuildAfter : due;
    }

    /// <summary>Applies what comes next; gives whether that was all.</summary>
    private async Task<bool> Advance(ShopMemory memory, long target, CancellationToken cancel)
    {
        var isNow = memory == _now;
        var events = await store.Events.LiveAfter(memory.Position, options.PageSize, cancel);
        var round = await StoreRound.Read(store, memory, forgottenUpTo, target, events, options.PageSize, cancel);
        if (isNow && !round.EventsAlone) Documents.Take(await store.Documents.After(Documents.Changed, cancel));
        round.ApplyTo(memory, store.Mark, isNow ? Gate : null, options.AppliedAtOnce);
        if (isNow) Reached.Reach(memory.Position);
        return round.IsLast;
    }

    /// <summary>Does what is asked for or due.</summary>
    private void Serve()
    {
        if (_making is { IsCompleted: true }) TakeMade();
        Encoder? encoder;
        lock (_asking)
        {
            encoder = _encoder;
            if (_encoderWanted && !_rebuildWanted && LiveCheckpoint.Fingerprint(encoder, options).AsSpan().SequenceEqual(LiveCheckpoint.Fingerprint(_now.Encoder, options)))
            {
                Gate.EnterWrite();
                _now.Encoder = encoder;
                Gate.ExitWrite();
                Made(_wantMade);
                _wantMade.Clear();
                _encoderWanted = false;
            }
        }

        if (_now.IsStale && _staleSince == 0) _staleSince = options.Clock.GetTimestamp();
        else if (!_now.IsStale) _staleSince = 0;
        if (_making is null && (_encoderWanted || _rebuildWanted || _now.HoldsForgotten || (_now.IsStale && options.Clock.GetElapsedTime(_staleSince) >= options.RebuildAfter))) Make();
        SaveIfDue();
    }

    private void Make()
    {
        Encoder? encoder;
        lock (_asking)
        {
            encoder = _encoder;
            (_encoderWanted, _rebuildWanted) = (false, false);
            (_madeFor, var asked) = ([.. _madeFor, .. _wantMade], _wantMade);
            asked.Clear();
        }

        _making = Task.Run(async () =>
        {
            var made = await LiveRebuild.Run(store, encoder, options, names, Descriptions.Begin(store, _stop.Token), _stop.Token);
            if (BeforeSwap is { } before) await before(made.Memory, _stop.Token);
            return made;
        });
        _ = _making.ContinueWith(_ => Wake(), TaskScheduler.Default);
    }

    private void TakeMade()
    {
        var making = _making!;
        _making = null;
        if (!making.IsCompletedSuccessfully)
        {
            // once more, as long as it is wanted
            lock (_asking) _rebuildWanted = true;
            making.GetAwaiter().GetResult();
        }

        var (made, upTo) = making.Result;
        (var before, forgottenUpTo) = (forgottenUpTo, upTo);
        try
        {
            while (made.Position < _now.Position) Advance(made, _now.Position, default).GetAwaiter().GetResult();
        }
        catch
        {
            forgottenUpTo = before;
            lock (_asking) _rebuildWanted = true;
            throw;
        }

        Gate.EnterWrite();
        Volatile.Write(ref _now, made);
        Gate.ExitWrite();
        // another encoder may have been asked for meanwhile
        lock (_asking) _encoderWanted |= _encoder != made.Encoder;
        Reached.Reach(made.Position);
        (_savedChanges, _staleSince) = (-1, 0);
        Made(_madeFor);
        _madeFor = [];
    }

    private static void Made(List<TaskCompletionSource> waiting)
    {
        foreach (var made in waiting) made.TrySetResult();
    }

    private void SaveIfDue()
    {
        if (_saving is { IsCompleted: false }) return;
        var due = options.CheckpointEvery > TimeSpan.Zero && options.Clock.GetElapsedTime(_savedAt) >= options.CheckpointEvery && _now.Changes != _savedChanges && !_now.HoldsForgotten;
        List<TaskCompletionSource<bool>> asked;
        lock (_asking)
        {
            if (!due && _wantSaved.Count == 0) return;
            if (_preparing is null)
            {
                var length = _now.SavedLength;
                _preparing = Task.Run(() => new ScratchStream(length));
                _ = _preparing.ContinueWith(_ => Wake(), TaskScheduler.Default);
            }

            if (!_preparing.IsCompleted) return;
            asked = [.. _wantSaved];
            _wantSaved.Clear();
        }

        _saving = Save(asked);
    }

    // the bytes are made here and now, by the only thread that changes the memory, in room that was made before; answers go on reading it, checksums and the store's writing hold up nobody
    private Task Save(List<TaskCompletionSource<bool>> asked)
    {
        (_savedAt, _savedChanges) = (options.Clock.GetTimestamp(), _now.Changes);
        var room = _preparing?.Result ?? new ScratchStream(_now.SavedLength);
        _preparing = null;
        var parts = _now.HoldsForgotten ? null : LiveCheckpoint.Write(_now, options, room);
        var position = _now.Position;
        return Task.Run(async () =>
        {
            try
            {
                if (parts is not null) LiveCheckpoint.Seal(room, parts);
                var saved = parts is not null && await store.Checkpoints.Save(LiveCheckpoint.Name, position, room);
                foreach (var one in asked) one.TrySetResult(saved);
            }
            catch (Exception e) when (e is StoreUnavailableException or ObjectDisposedException)
            {
                // the next one may succeed; whoever asked hears of it
                foreach (var one in asked) one.TrySetException(e);
            }
            finally
            {
                room.Dispose();
                Wake();
            }
        });
    }

    private void End()
    {
        _saving?.GetAwaiter().GetResult();
        // it ends by itself, and nobody wants what it makes
        if (_making is not null) Task.WhenAny(_making).GetAwaiter().GetResult();
        List<TaskCompletionSource<bool>> asked;
        lock (_asking)
        {
            asked = [.. _wantSaved];
            _wantSaved.Clear();
            foreach (var made in _wantMade.Concat(_madeFor)) made.TrySetException(new ObjectDisposedException(nameof(LiveShop)));
        }

        if (_now.Changes != _savedChanges && !_now.HoldsForgotten && options.CheckpointEvery > TimeSpan.Zero) Save(asked).GetAwaiter().GetResult();
        else foreach (var one in asked) one.TrySetException(new ObjectDisposedException(nameof(LiveShop)));
        _preparing?.Result.Dispose();
    }
}
