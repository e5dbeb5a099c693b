namespace Sundry.Serving;

/// <summary>The store's answer to one event of a batch.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Id">Its id, given or derived; null where it was refused without one.</param>
/// <param name="Position">Its place in the order of commits; 0 unless it was accepted.</param>
/// <param name="Reason">Why it was refused and how to mend it, as one sentence; else null.</param>
public readonly record struct EventReceipt(EventOutcome Outcome, string? Id, long Position, string? Reason);
