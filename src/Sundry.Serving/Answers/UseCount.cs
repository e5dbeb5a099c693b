namespace Sundry.Serving;

/// <summary>Counts who uses something that is replaced while it is in use; whoever lets go last closes it. Its maker is the first user.</summary>
internal sealed class UseCount(Action close)
{
    private int _uses = 1;

    /// <summary>One more; false where it is closed already.</summary>
    public bool Enter()
    {
        for (var uses = Volatile.Read(ref _uses); uses > 0;)
        {
            var before = Interlocked.CompareExchange(ref _uses, uses + 1, uses);
            if (before == uses) return true;
            uses = before;
        }

        return false;
    }

    /// <summary>One less.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _uses) == 0) close();
    }
}
