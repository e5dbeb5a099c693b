using System.ComponentModel;

namespace Sundry.Serving;

/// <summary>Rules as people write them, with ids of items: a document of kind <c>rule</c>, or a part of a scenario.</summary>
public sealed record RuleDocument
{
    /// <summary>Items that are left out.</summary>
    [Description("Conditions on items that are left out")]
    public IReadOnlyList<WrittenFilter> Filters { get; init; } = [];

    /// <summary>At most so many of a kind.</summary>
    [Description("At most so many items of one value of an attribute")]
    public IReadOnlyList<WrittenCap> Caps { get; init; } = [];

    /// <summary>Items with a place of their own.</summary>
    [Description("Items with a place of their own")]
    public IReadOnlyList<WrittenPin> Pins { get; init; } = [];

    /// <summary>Items that count more, or less.</summary>
    [Description("Items whose value counts more, or less")]
    public IReadOnlyList<WrittenBoost> Boosts { get; init; } = [];

    /// <summary>The scenarios that all of it is for; none: all.</summary>
    [Description("The scenarios that it is for; none: all")]
    public IReadOnlyList<string> Scenarios { get; init; } = [];
}
