using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Serving;

/// <summary>A place in the shop: where candidates come from, what they are worth, and the rules. A document of kind <c>scenario</c>, or an entry of <c>serve.scenarios</c>.</summary>
public sealed record ScenarioOptions : IConfigChecked
{
    /// <summary>The sources of candidates.</summary>
    public static readonly IReadOnlyList<string> KnownSources = ["search", "vectors", "co_visited", "bought_together", "similar", "popular", "trending", "new"];

    /// <summary>For each source the number of candidates that it is sure of, in the order in which they choose; room that is left goes round.</summary>
    [Description("Sources, each with the number of candidates that it is sure of: search, vectors, co_visited, bought_together, similar, popular, trending, new")]
    public IReadOnlyDictionary<string, int> Sources { get; init; } = new OrderedDictionary<string, int>();

    /// <summary>The most candidates that are scored.</summary>
    /// <value>Default: 200.</value>
    [Range(1, RankRequest.MostItems)]
    [Description("The most candidates that are scored")]
    public int Candidates { get; init; } = 200;

    /// <summary>Whether what the visitor looked at before counts beside the open item, the cart and the query.</summary>
    /// <value>Default: true.</value>
    [Description("Whether what the visitor looked at before counts beside the open item and the cart")]
    public bool History { get; init; } = true;

    /// <summary>Whether the model scores the candidates; otherwise they stay in the order of their sources.</summary>
    /// <value>Default: true.</value>
    [Description("Whether the model scores the candidates; otherwise they keep the order of their sources")]
    public bool Score { get; init; } = true;

    /// <summary>What makes one value of the tasks' outputs; without weights the model's own ranking.</summary>
    [Description("The formula that makes one value of the tasks' outputs; without weights the model's own")]
    public ValueOptions Value { get; init; } = new();

    /// <summary>How long an answer may take, in milliseconds, before it is made of less.</summary>
    /// <value>Default: 100.</value>
    [Range(1, 60_000)]
    [Description("How many milliseconds an answer may take before it is made of less")]
    public int DeadlineMs { get; init; } = 100;

    /// <summary>A condition that all items of an answer meet; null: none.</summary>
    [Description("A condition that every item meets, such as price < 50")]
    public string? Filter { get; init; }

    /// <summary>Filters, caps, pins and boosts of this scenario alone.</summary>
    [Description("Filters, caps, pins and boosts of this scenario alone")]
    public RuleDocument Rules { get; init; } = new();

    /// <summary>Whether items that the user has seen are left out while there are others.</summary>
    [Description("Whether items that the user has seen are left out while there are others")]
    public bool HideSeen { get; init; }

    /// <summary>For so many days after a purchase the item is not shown to the buyer.</summary>
    /// <value>Default: 30.</value>
    [Range(0, 36_500)]
    [Description("For so many days after a purchase the item is not shown to the buyer")]
    public double HideBoughtDays { get; init; } = 30;

    /// <summary>λ of maximal marginal relevance: 1 orders by value alone.</summary>
    /// <value>Default: 1.</value>
    [Range(0, 1)]
    [Description("Maximal marginal relevance: 1 orders by value alone, less makes neighbours differ")]
    public double Relevance { get; init; } = 1;

    /// <summary>Attributes by which items are alike, for <see cref="Relevance"/>.</summary>
    /// <value>Default: category and brand.</value>
    [Description("Attributes by which items are alike, for 'relevance'")]
    public IReadOnlyList<string> AlikeBy { get; init; } = ["category", "brand"];

    /// <summary>The best candidates among which differences count.</summary>
    /// <value>Default: 100.</value>
    [Range(1, RankRequest.MostItems)]
    [Description("The best candidates among which differences count")]
    public int DiversityPool { get; init; } = 100;

    /// <summary>Soft rules give way while an answer has fewer items.</summary>
    /// <value>Default: 1.</value>
    [Range(0, RankRequest.MostItems)]
    [Description("Soft rules give way while an answer has fewer items")]
    public int AtLeast { get; init; } = 1;

    /// <inheritdoc/>
    public IEnumerable<(string Property, string Message)> Check()
    {
        foreach (var (name, quota) in Sources)
        {
            if (!KnownSources.Contains(name, StringComparer.Ordinal)) yield return (nameof(Sources), $"'{name}' is no source; they are {string.Join(", ", KnownSources)}");
            if (quota is < 0 or > RankRequest.MostItems) yield return (nameof(Sources), $"the quota {quota} of '{name}' is not from 0 to {RankRequest.MostItems}");
        }
    }
}
