namespace Sundry.Training;

/// <summary>What is measured of one user's list; every figure is the mean over users.</summary>
public enum TopNMetric
{
    /// <summary>Test items in the list by all test items of the user.</summary>
    Recall,

    /// <summary>Σ 1 / log2(1 + rank) over test items in the list, by its greatest possible value.</summary>
    Ndcg,

    /// <summary>1 / the rank of the first test item in the list; 0 where there is none.</summary>
    Mrr,

    /// <summary>The sum of the precision at each test item's rank, by the fewer of test items and list length.</summary>
    Map,

    /// <summary>1 where any test item is in the list.</summary>
    HitRate,

    /// <summary>Test items in the list by its asked-for length.</summary>
    Precision,
}
