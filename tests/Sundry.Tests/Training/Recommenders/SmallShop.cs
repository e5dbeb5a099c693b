using Sundry.Data;
using Sundry.Training;

namespace Sundry.Tests.Training;

/// <summary>Interactions for tests: two tastes, so that what a recommender should find is known.</summary>
internal static class SmallShop
{
    /// <summary>Interactions from (user, item, weight) by number.</summary>
    public static Interactions Of(int users, int items, IEnumerable<(int User, int Item, float Weight)> pairs, IReadOnlyList<NamedColumn>? itemColumns = null, IReadOnlyList<NamedColumn>? userColumns = null)
    {
        var (u, i) = (new Names(), new Names());
        for (var n = 0; n < users; n++) u.FindOrAdd($"u{n}");
        for (var n = 0; n < items; n++) i.FindOrAdd($"i{n}");
        var builder = new InteractionBuilder(u, i);
        foreach (var (user, item, weight) in pairs) builder.Add(user, item, weight, 86_400_000L * (item + 1));
        return builder.Build(itemColumns ?? [], userColumns ?? []);
    }

    /// <summary>Even users take to even items and odd ones to odd items, with few exceptions; each has taken 6 of the 10 that suit.</summary>
    public static Interactions TwoTastes(int users = 60, bool attributes = true)
    {
        var random = new Random(7);
        var pairs = new List<(int, int, float)>();
        for (var u = 0; u < users; u++)
        {
            foreach (var item in Enumerable.Range(0, 10).OrderBy(_ => random.Next()).Take(6)) pairs.Add((u, 2 * item + u % 2, 1));
            if (u % 7 == 0) pairs.Add((u, 2 * random.Next(10) + 1 - u % 2, 1));
        }

        return Of(users, 20, pairs, attributes ? [Column("kind", 20)] : null, attributes ? [Column("group", users)] : null);
    }

    /// <summary>The share of each user's best three unseen items that suit the user.</summary>
    public static double Suits(IRecommender recommender, Interactions train)
    {
        var (right, all) = (0, 0);
        TopLists.Run(recommender, train, Enumerable.Range(0, train.UserCount).ToArray(), new TopNOptions { Count = 3 }, new FitRequest(), (user, items, _) =>
        {
            all += items.Length;
            foreach (var item in items)
                if (item % 2 == user % 2) right++;
        });
        return (double)right / all;
    }

    private static NamedColumn Column(string name, int count)
    {
        var values = new Names();
        values.FindOrAdd("even");
        values.FindOrAdd("odd|strange");
        return new(name, values, [.. Enumerable.Range(0, count).Select(i => i % 2)]);
    }
}
