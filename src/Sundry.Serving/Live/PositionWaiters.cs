namespace Sundry.Serving;

/// <summary>Those who wait until a position is reached.</summary>
internal sealed class PositionWaiters
{
    private readonly List<(long Position, TaskCompletionSource Done)> _waiting = [];
    private long _reached;
    private bool _ended;

    /// <summary>Done when a position is reached.</summary>
    /// <exception cref="ObjectDisposedException">None will be reached any more.</exception>
    public Task After(long position, CancellationToken cancel)
    {
        TaskCompletionSource done;
        lock (_waiting)
        {
            if (position <= _reached) return Task.CompletedTask;
            ObjectDisposedException.ThrowIf(_ended, typeof(LiveShop));
            done = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((position, done));
        }

        return done.Task.WaitAsync(cancel);
    }

    /// <summary>Says that a position is reached.</summary>
    public void Reach(long position)
    {
        lock (_waiting)
        {
            _reached = Math.Max(_reached, position);
            for (var i = _waiting.Count - 1; i >= 0; i--)
            {
                if (_waiting[i].Position > _reached) continue;
                _waiting[i].Done.SetResult();
                _waiting.RemoveAt(i);
            }
        }
    }

    /// <summary>Says that nothing more will be reached.</summary>
    public void End()
    {
        lock (_waiting)
        {
            _ended = true;
            foreach (var (_, done) in _waiting) done.SetException(new ObjectDisposedException(nameof(LiveShop)));
            _waiting.Clear();
        }
    }
}
