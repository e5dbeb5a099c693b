using System.Runtime.CompilerServices;
using Sundry.Compute;

namespace Sundry.Training;

/// <summary>The order of the training rows in one epoch: a shuffle that depends on the seed and the epoch alone.</summary>
internal static class RowOrder
{
    /// <summary>Puts 0 … n − 1 in the order of <paramref name="epoch"/> (Fisher and Yates).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Shuffle(Span<int> rows, ulong seed, int epoch)
    {
        for (var i = 0; i < rows.Length; i++) rows[i] = i;
        var key = CounterRandom.Derive(CounterRandom.Derive(seed, "row order"), (ulong)epoch);
        for (var i = rows.Length - 1; i > 0; i--)
        {
            var j = (int)(CounterRandom.Bits(key, (ulong)i) % (ulong)(i + 1));
            (rows[i], rows[j]) = (rows[j], rows[i]);
        }
    }
}
