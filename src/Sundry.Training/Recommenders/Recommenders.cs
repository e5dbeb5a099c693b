using Sundry.Data;

namespace Sundry.Training;

/// <summary>The recommenders by name.</summary>
public static class Recommenders
{
    private static readonly Dictionary<string, Func<RecommenderOptions, IRecommender>> s_makers = new()
    {
        ["popular"] = o => new PopularRecommender(o.Popular),
        ["item_knn"] = o => new ItemNeighbours(o.ItemKnn),
        ["user_knn"] = o => new UserNeighbours(o.UserKnn),
        ["ease"] = o => new EaseRecommender(o.Ease),
        ["als"] = o => new AlsRecommender(o.Als),
        ["bpr"] = o => new BprRecommender(o.Bpr),
        ["mf"] = o => new LogisticFactorRecommender(o.Mf),
        ["task_mf"] = o => new TaskFactorRecommender(o.TaskMf),
        ["light_gcn"] = o => new LightGcnRecommender(o.LightGcn),
        ["two_tower"] = o => new TwoTowerRecommender(o.TwoTower),
        ["content"] = o => new ContentRecommender(o.Content),
        ["fm"] = o => new FactorizationMachine(o.Fm),
        ["logistic"] = o => new LogisticRecommender(o.Logistic),
    };

    /// <summary>The names.</summary>
    public static IReadOnlyCollection<string> Names => s_makers.Keys;

    /// <summary>Makes a recommender that is not fitted yet.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="options">The settings of all.</param>
    /// <exception cref="InputException">There is none of that name.</exception>
    public static IRecommender Create(string name, RecommenderOptions options) => s_makers.TryGetValue(name, out var make)
        ? make(options)
        : throw new InputException($"there is no recommender '{name}'{NearestName.Ask(name, Names)} (there are {string.Join(", ", Names)})");

    /// <summary>Takes <c>NAME</c> or <c>NAME:TYPE</c> apart: a recommender, and the type of event that it learns from alone.</summary>
    /// <exception cref="InputException">There is no recommender of that name.</exception>
    public static (string Name, string? Type) Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (name, type) = text.IndexOf(':', StringComparison.Ordinal) is var at and >= 0 ? (text[..at], text[(at + 1)..]) : (text, null);
        using var made = Create(name, new RecommenderOptions()) as IDisposable;
        return (name, type);
    }
}
