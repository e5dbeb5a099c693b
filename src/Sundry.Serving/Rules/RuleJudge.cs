namespace Sundry.Serving;

/// <summary>Says of one item whether a request's answer may have it.</summary>
internal sealed class RuleJudge(RuleOptions options, (RuleExpression Where, bool Soft)[] filters, RuleRequest request)
{
    private readonly long _bought = (long)options.HideBought.TotalMilliseconds;

    /// <summary>What gives way after this has: seen items, then soft filters, then both.</summary>
    public static RuleNotes Next(RuleNotes relaxed) => relaxed switch
    {
        RuleNotes.None => RuleNotes.Seen,
        RuleNotes.Seen => RuleNotes.Relaxed,
        RuleNotes.Relaxed => RuleNotes.Seen | RuleNotes.Relaxed,
        _ => (RuleNotes)int.MaxValue,
    };

    public RuleScope Scope(Facts item) => new(item, request.User, request.Context);

    /// <summary>Whether the item may be shown, and what must give way for that.</summary>
    public bool Judge(int item, ShelfItem known, out RuleNotes relaxed)
    {
        relaxed = RuleNotes.None;
        if (!known.IsOnSale || request.Blocked.Contains(item)) return false;
        if (request.Bought.TryGetValue(item, out var bought) && request.Time - bought < _bought) return false;
        if (request.Where is { } asked && !asked(Scope(known.Facts))) return false;
        foreach (var (where, soft) in filters)
        {
            if (!where.Holds(Scope(known.Facts))) continue;
            if (!soft) return false;
            relaxed |= RuleNotes.Relaxed;
        }

        if (options.HideSeen && request.Seen.Contains(item)) relaxed |= RuleNotes.Seen;
        return true;
    }
}
