namespace Sundry.Training;

/// <summary>How a recommender's lists do for the users who have test items.</summary>
/// <param name="Protocol">Among what the lists were chosen: the whole catalogue, or candidates that were given.</param>
/// <param name="Length">The lists' length.</param>
/// <param name="Users">[n] the users' numbers.</param>
/// <param name="Values">[measure][n] by <see cref="TopNMetric"/>.</param>
public sealed record TopNResult(string Protocol, int Length, int[] Users, double[][] Values)
{
    /// <summary>The protocol that judges among all items.</summary>
    public const string WholeCatalogue = "whole catalogue";

    /// <summary>What the lists are like beside being right; null where the protocol cannot tell.</summary>
    public ListFigures? Figures { get; init; }

    /// <summary>The same by kinds of users and items.</summary>
    public IReadOnlyList<TopNSegment> Segments { get; init; } = [];

    /// <summary>[n] who belongs to the quarter with the least in training; empty where that is not known.</summary>
    public bool[] Rare { get; init; } = [];

    /// <summary>The mean over users.</summary>
    public double Mean(TopNMetric metric) => Values[(int)metric].Length == 0 ? double.NaN : Values[(int)metric].Average();

    /// <summary>Its name, such as <c>ndcg@10</c>.</summary>
    public static string Name(TopNMetric metric, int length) => metric switch
    {
        TopNMetric.HitRate => $"hit_rate@{length}",
        _ => $"{metric.ToString().ToLowerInvariant()}@{length}",
    };
}
