using System.Runtime.CompilerServices;

namespace Sundry.Compute;

/// <summary>Loads and stores of a vector of which only the first <c>count</c> lanes may exist.</summary>
internal static unsafe class Part
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V>(float* source, int count) where V : struct, IVector<V> =>
        count >= V.Count ? V.Load(source) : V.LoadPartial(source, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<V>(V value, float* destination, int count) where V : struct, IVector<V>
    {
        if (count >= V.Count) V.Store(value, destination);
        else V.StorePartial(value, destination, count);
    }

    /// <summary>The first lanes of a value, and <paramref name="other"/> in the rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Keep<V>(V value, int count, V other) where V : struct, IVector<V> =>
        count >= V.Count ? value : V.Select(V.LessThanInt(V.Indices, V.BroadcastInt(count)), value, other);
}
