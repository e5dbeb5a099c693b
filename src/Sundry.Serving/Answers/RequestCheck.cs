using Sundry.Data;

namespace Sundry.Serving;

/// <summary>Refuses requests that cannot be understood, before anything is done for them.</summary>
internal static class RequestCheck
{
    /// <summary>The most items of an answer.</summary>
    public const int MostCount = 500;

    private const int MostCart = 500;
    private const int MostExcluded = 10_000;
    private const int MostContext = 100;
    private const int LongestQuery = 1_000;

    /// <exception cref="InputException">The sentence names the field and how to mend it.</exception>
    public static void Check(RecommendRequest request)
    {
        Who(request.User, request.Session, request.Scenario, request.Context, request.Deadline);
        Count(request.Count);
        if (request.Item is not null) StoredText.Name("item", request.Item);
        if (request.After is not null) StoredText.Name("after", request.After);
        if (request.Category is not null) StoredText.Name("category", request.Category);
        Ids("cart", request.Cart, MostCart);
        Ids("exclude", request.Exclude, MostExcluded);
        if (StoredText.Problem("query", request.Query, LongestQuery, mayBeEmpty: true) is { } problem) throw new InputException(problem);
        if (StoredText.Problem("filter", request.Filter, RuleExpression.LongestText) is { } wrong) throw new InputException(wrong);
    }

    /// <exception cref="InputException">The sentence names the field and how to mend it.</exception>
    public static void Check(RankRequest request)
    {
        Who(request.User, request.Session, request.Scenario, request.Context, request.Deadline);
        if (request.Items is not { Count: > 0 }) throw new InputException("'items' is empty; name the items to rank");
        Ids("items", request.Items, RankRequest.MostItems);
    }

    /// <exception cref="InputException">The sentence names the field and how to mend it.</exception>
    public static void Count(int count)
    {
        if (count is < 1 or > MostCount) throw new InputException($"'count' is {count}; ask for 1 to {MostCount} items");
    }

    private static void Who(string? user, string? session, string? scenario, IReadOnlyDictionary<string, string>? context, TimeSpan? deadline)
    {
        if (user is not null) StoredText.Name("user", user);
        if (session is not null) StoredText.Name("session", session);
        StoredText.Name("scenario", scenario);
        if (deadline <= TimeSpan.Zero) throw new InputException("'deadline' is not above 0; give the milliseconds that the answer may take, or leave it out");
        if (context is null) throw new InputException("'context' is null; write {} or leave it out");
        if (context.Count > MostContext) throw new InputException($"'context' has {context.Count} entries, and {MostContext} are the most; leave some out");
        foreach (var (name, value) in context)
        {
            StoredText.Name("context", name);
            if (value is null) throw new InputException($"'context.{name}' is null; fill it in or leave it out");
            if (StoredText.Problem($"context.{name}", value, EventRules.LongestName, mayBeEmpty: true) is { } problem) throw new InputException(problem);
        }
    }

    private static void Ids(string field, IReadOnlyList<string>? ids, int most)
    {
        if (ids is null) throw new InputException($"'{field}' is null; write [] or leave it out");
        if (ids.Count > most) throw new InputException($"'{field}' has {ids.Count} items, and {most} are the most; send fewer");
        foreach (var id in ids) StoredText.Name(field, id);
    }
}
