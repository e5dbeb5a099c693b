namespace Sundry.Serving;

/// <summary>Says of one item whether a request's answer may have it.</summary>
/// <param name="options">The scenario's rules.</param>
/// <param name="filters">Its filters.</param>
/// <param name="request">Whom for.</param>
/// <param name="needsFacts">Whether any of its rules asks for an item's attributes.</param>
internal sealed class RuleJudge(RuleOptions options, (RuleExpression Where, bool Soft)[] filters, RuleRequest request, bool needsFacts)
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

    /// <summary>As <see cref="Judge(int, ShelfItem, out RuleNotes)"/>, of an item as it is on the shelf. Where no rule asks for its attributes they are not looked at: that is most of what a rule costs.</summary>
    public bool Judge(int item, ItemShelf shelf, out RuleNotes relaxed, out Facts facts)
    {
        (relaxed, facts) = (RuleNotes.None, Facts.None);
        if (!needsFacts && request.Where is null) return shelf.OnSale[item] && May(item, out relaxed);
        if (shelf[item] is not { } known) return false;
        facts = known.Facts;
        return Judge(item, known, out relaxed);
    }

    /// <summary>Whether the item may be shown, and what must give way for that.</summary>
    public bool Judge(int item, ShelfItem known, out RuleNotes relaxed)
    {
        relaxed = RuleNotes.None;
        if (!known.IsOnSale || !May(item, out var seen)) return false;
        if (request.Where is { } asked && !asked(Scope(known.Facts))) return false;
        foreach (var (where, soft) in filters)
        {
            if (!where.Holds(Scope(known.Facts))) continue;
            if (!soft) return false;
            relaxed |= RuleNotes.Relaxed;
        }

        relaxed |= seen;
        return true;
    }

    // what is asked of its number alone
    private bool May(int item, out RuleNotes seen)
    {
        seen = options.HideSeen && request.Seen.Contains(item) ? RuleNotes.Seen : RuleNotes.None;
        return !request.Blocked.Contains(item) && !(request.Bought.TryGetValue(item, out var bought) && request.Time - bought < _bought);
    }
}
