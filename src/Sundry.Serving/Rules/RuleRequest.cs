namespace Sundry.Serving;

/// <summary>Whom an answer is for.</summary>
public sealed record RuleRequest
{
    /// <summary>Items that are wanted, from 1.</summary>
    public required int Count { get; init; }

    /// <summary>The moment: Unix time in milliseconds.</summary>
    public long Time { get; init; }

    /// <summary>What is known of the user.</summary>
    public Facts User { get; init; } = Facts.None;

    /// <summary>What is known of the request.</summary>
    public Facts Context { get; init; } = Facts.None;

    /// <summary>Items that the user blocked, and those that the request does not want, such as earlier pages'.</summary>
    public IReadOnlySet<int> Blocked { get; init; } = new HashSet<int>();

    /// <summary>Items that the user has seen.</summary>
    public IReadOnlySet<int> Seen { get; init; } = new HashSet<int>();

    /// <summary>When the user last bought an item: Unix time in milliseconds.</summary>
    public IReadOnlyDictionary<int, long> Bought { get; init; } = new Dictionary<int, long>();

    /// <summary>What the request itself asks of items, such as a category or a condition; null: nothing. It binds pins and items to fill up with too.</summary>
    public Func<RuleScope, bool>? Where { get; init; }
}
