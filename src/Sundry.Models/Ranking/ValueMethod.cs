namespace Sundry.Models;

/// <summary>How the outputs of several tasks become one value to rank by.</summary>
public enum ValueMethod
{
    /// <summary>Σ w_t·y_t.</summary>
    WeightedSum,

    /// <summary>Π (ε + max(0, y_t))^w_t.</summary>
    PowerProduct,

    /// <summary>Σ w_t·b_t / Σ w_t, with b_t the share of the list's other items that the item beats in task t; a tie counts half (Borda's count).</summary>
    RankAverage,

    /// <summary>The weighted share of the tasks in whose top k the item stands; equal shares are ordered by <see cref="RankAverage"/>.</summary>
    Vote,
}
