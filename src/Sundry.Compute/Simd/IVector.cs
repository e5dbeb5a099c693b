namespace Sundry.Compute;

/// <summary>
/// A vector of <see cref="Count"/> floats. A kernel is written once over <typeparamref name="V"/> and the JIT compiles it
/// per width; every member is one or a few instructions. Masks are vectors whose lanes are all ones or all zeros, and the
/// members named …Int see the same lanes as 32-bit integers.
/// </summary>
internal unsafe interface IVector<V> where V : struct, IVector<V>
{
    static abstract int Count { get; }

    static abstract V Zero { get; }
    static abstract V Broadcast(float value);
    static abstract V BroadcastInt(int value);

    /// <summary>Lanes 0, 1, 2 … as integers.</summary>
    static abstract V Indices { get; }

    static abstract V Load(float* source);
    static abstract void Store(V value, float* destination);

    /// <summary>Reads the first <paramref name="count"/> &lt; Count floats and nothing behind them; the other lanes are zero.</summary>
    static abstract V LoadPartial(float* source, int count);

    /// <summary>Writes the first <paramref name="count"/> &lt; Count lanes and nothing behind them.</summary>
    static abstract void StorePartial(V value, float* destination, int count);

    static abstract V operator +(V a, V b);
    static abstract V operator -(V a, V b);
    static abstract V operator *(V a, V b);
    static abstract V operator /(V a, V b);
    static abstract V operator &(V a, V b);
    static abstract V operator ^(V a, V b);

    /// <summary>a·b + c, fused where the hardware can.</summary>
    static abstract V MultiplyAdd(V a, V b, V c);

    /// <summary>The smaller; which operand wins when one is NaN is the hardware's choice.</summary>
    static abstract V Min(V a, V b);

    /// <summary>The larger; which operand wins when one is NaN is the hardware's choice.</summary>
    static abstract V Max(V a, V b);
    static abstract V Sqrt(V a);
    static abstract V Abs(V a);

    /// <summary>To the nearest whole number, ties to even.</summary>
    static abstract V Round(V a);

    static abstract V LessThan(V a, V b);
    static abstract V Equal(V a, V b);
    static abstract V Select(V mask, V yes, V no);

    static abstract V ToInt(V a);
    static abstract V AddInt(V a, V b);
    static abstract V MultiplyInt(V a, V b);
    static abstract V ShiftLeftInt(V a, int bits);
    static abstract V ShiftRightInt(V a, int bits);
    static abstract V LessThanInt(V a, V b);

    /// <summary>The sum of the lanes, always in the same order for one width.</summary>
    static abstract float Sum(V a);
    static abstract float Largest(V a);

    /// <summary>sums[i] += a[i], in double.</summary>
    static abstract void AddTo(double* sums, V a);

    /// <summary>sums[i] += a[i]·b[i], in double.</summary>
    static abstract void AddProductTo(double* sums, V a, V b);
}
