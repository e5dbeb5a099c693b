namespace Sundry.Serving;

/// <summary>Wakes whoever waits for the store to change.</summary>
internal sealed class ChangeSignal
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done at the next change. Take it before looking at the store: then no change is missed.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>Something changed.</summary>
    public void Pulse() => Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
}
