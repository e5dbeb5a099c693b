namespace Sundry.Serving;

/// <summary>What <see cref="StoreLoad"/> put into a store.</summary>
/// <param name="Items">Items that were new or changed.</param>
/// <param name="Users">Users whose attributes were new or changed.</param>
/// <param name="Friends">Friendships that were new.</param>
/// <param name="Accepted">Events that are in the store now and were not before.</param>
/// <param name="Duplicates">Events that were there already, or say exactly what another one says.</param>
/// <param name="Refused">Events that the store does not take.</param>
/// <param name="Reason">Why the first of those was refused; null where none was.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record StoreLoadResult(int Items, int Users, int Friends, long Accepted, long Duplicates, long Refused, string? Reason, double Seconds)
{
    internal StoreLoadResult With(IReadOnlyList<EventReceipt> receipts) => this with
    {
        Accepted = Accepted + receipts.Count(r => r.Outcome == EventOutcome.Accepted),
        Duplicates = Duplicates + receipts.Count(r => r.Outcome == EventOutcome.Duplicate),
        Refused = Refused + receipts.Count(r => r.Outcome == EventOutcome.Refused),
        Reason = Reason ?? receipts.FirstOrDefault(r => r.Outcome == EventOutcome.Refused).Reason,
    };
}
