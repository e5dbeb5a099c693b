namespace Sundry.Serving;

/// <summary>Something to be written, together with whatever else waits.</summary>
/// <param name="weight">About how many rows it is.</param>
internal abstract class StoreWork(int weight)
{
    /// <summary>About how many rows it is.</summary>
    public int Weight => weight;

    /// <summary>Tells the caller that it is done and will stay.</summary>
    public abstract void Succeed();

    /// <summary>Tells the caller that it is not known to be done.</summary>
    public abstract void Fail(Exception error);
}

/// <summary>Any change of a few rows.</summary>
internal abstract class ChangeWork(int weight) : StoreWork(weight)
{
    /// <summary>Makes the change within a transaction; called again where the transaction had to begin anew.</summary>
    public abstract void Apply(WriteSession session);
}

/// <summary>Any change of a few rows, and what it gives back.</summary>
internal sealed class ChangeWork<T>(Func<WriteSession, T> change, int weight) : ChangeWork(weight)
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Done => _done.Task;

    public override void Apply(WriteSession session) => _result = change(session);

    public override void Succeed() => _done.SetResult(_result!);

    public override void Fail(Exception error) => _done.SetException(error);
}

/// <summary>Events of one caller, those that are refused left out.</summary>
internal sealed class AppendWork(EventRecord[] records) : StoreWork(records.Length)
{
    private readonly TaskCompletionSource<long[]> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The events, each with its id.</summary>
    public EventRecord[] Records => records;

    /// <summary>[events] the position of each; 0 for one that was there already.</summary>
    public long[] Positions { get; } = new long[records.Length];

    public Task<long[]> Done => _done.Task;

    public override void Succeed() => _done.SetResult(Positions);

    public override void Fail(Exception error) => _done.SetException(error);
}
