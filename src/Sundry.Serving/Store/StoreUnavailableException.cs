namespace Sundry.Serving;

/// <summary>
/// The store cannot do what was asked just now: the disk is full, the database is locked, the server is gone, too much is waiting. Nothing was acknowledged; the same
/// call may be made again, and the store recovers by itself once the cause is gone.
/// </summary>
public sealed class StoreUnavailableException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What is wrong, as one sentence without personal data or secrets.</param>
    /// <param name="retryAfter">How long to wait before the next try.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public StoreUnavailableException(string message, TimeSpan retryAfter, Exception? inner = null)
        : base(message, inner) => RetryAfter = retryAfter;

    /// <summary>How long to wait before the next try.</summary>
    public TimeSpan RetryAfter { get; }
}
