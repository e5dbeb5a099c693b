using System.Text.Json.Serialization;

namespace Sundry.Serving;

/// <summary>What every question for items may say.</summary>
internal abstract record AskBody
{
    public string? User { get; init; }

    public string? Session { get; init; }

    public string? Scenario { get; init; }

    public int? Count { get; init; }

    public string? Query { get; init; }

    public string? Category { get; init; }

    public string? Filter { get; init; }

    public IReadOnlyList<string>? Exclude { get; init; }

    [JsonConverter(typeof(ContextConverter))]
    public IReadOnlyDictionary<string, string>? Context { get; init; }

    public string? After { get; init; }

    public bool? Explain { get; init; }

    public double? DeadlineMs { get; init; }
}

/// <summary>A <see cref="RecommendRequest"/> as it is sent.</summary>
internal sealed record RecommendBody : AskBody
{
    public RecommendBody()
    {
    }

    /// <summary>The same question.</summary>
    public RecommendBody(AskBody other)
        : base(other)
    {
    }

    public string? Item { get; init; }

    public IReadOnlyList<string>? Cart { get; init; }

    /// <summary>A request as it is sent.</summary>
    public static RecommendBody Of(RecommendRequest request) => new()
    {
        User = request.User,
        Session = request.Session,
        Scenario = request.Scenario,
        Count = request.Count,
        Item = request.Item,
        Cart = request.Cart,
        Query = request.Query,
        Category = request.Category,
        Filter = request.Filter,
        Exclude = request.Exclude,
        Context = request.Context,
        After = request.After,
        Explain = request.Explain,
        DeadlineMs = request.Deadline?.TotalMilliseconds,
    };

    /// <summary>The request, checked.</summary>
    /// <param name="at">Where in the body it is; empty, or such as <c>requests[3].</c></param>
    /// <exception cref="ProblemException">A field is out of its range.</exception>
    public RecommendRequest Request(string at = "") => new()
    {
        User = Checked.Name(at + "user", User),
        Session = Checked.Name(at + "session", Session),
        Scenario = Checked.Name(at + "scenario", Scenario) ?? "home",
        Count = Checked.Count(at + "count", Count) ?? 20,
        Item = Checked.Name(at + "item", Item),
        Cart = Checked.Names(at + "cart", Cart),
        Query = Checked.Text(at + "query", Query, Checked.LongestQuery),
        Category = Checked.Name(at + "category", Category),
        Filter = Checked.Text(at + "filter", Filter, RuleExpression.LongestText),
        Exclude = Checked.Names(at + "exclude", Exclude),
        Context = Checked.Context(at + "context", Context),
        After = Checked.Name(at + "after", After),
        Explain = Explain ?? true,
        Deadline = Checked.Deadline(at + "deadline_ms", DeadlineMs),
    };
}

/// <summary>Many of them.</summary>
internal sealed record RecommendBatchBody
{
    public IReadOnlyList<RecommendBody>? Requests { get; init; }
}

/// <summary>A search.</summary>
internal sealed record SearchBody : AskBody
{
    /// <summary>The request, checked.</summary>
    /// <exception cref="ProblemException">There is no query, or a field is out of its range.</exception>
    public RecommendRequest Request() => string.IsNullOrWhiteSpace(Query) ? throw Checked.Missing("query", "write what is searched for")
        : new RecommendBody(this) { Scenario = Scenario ?? BuiltInScenarios.Search }.Request();
}

/// <summary>A <see cref="RankRequest"/> as it is sent.</summary>
internal sealed record RankBody
{
    public string? User { get; init; }

    public string? Session { get; init; }

    public string? Scenario { get; init; }

    public IReadOnlyList<string>? Items { get; init; }

    public bool? Rules { get; init; }

    [JsonConverter(typeof(ContextConverter))]
    public IReadOnlyDictionary<string, string>? Context { get; init; }

    public double? DeadlineMs { get; init; }

    /// <summary>A request as it is sent.</summary>
    public static RankBody Of(RankRequest request) => new()
    {
        User = request.User,
        Session = request.Session,
        Scenario = request.Scenario,
        Items = request.Items,
        Rules = request.Rules,
        Context = request.Context,
        DeadlineMs = request.Deadline?.TotalMilliseconds,
    };

    /// <summary>The request, checked.</summary>
    /// <exception cref="ProblemException">There are no items, or a field is out of its range.</exception>
    public RankRequest Request() => new()
    {
        User = Checked.Name("user", User),
        Session = Checked.Name("session", Session),
        Scenario = Checked.Name("scenario", Scenario) ?? "home",
        Items = Items is null ? throw Checked.Missing("items", "write the ids of the items to put in order") : Checked.Names("items", Items),
        Rules = Rules ?? false,
        Context = Checked.Context("context", Context),
        Deadline = Checked.Deadline("deadline_ms", DeadlineMs),
    };
}
