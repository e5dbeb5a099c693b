using System.Runtime.CompilerServices;

namespace Sundry.Compute;

/// <summary>Sums, products and copies over n floats; operands may be the same memory, but must not overlap otherwise.</summary>
internal static unsafe partial class Elementwise
{
    /// <summary>y = value.</summary>
    public static void Fill(float* y, float value, long n)
    {
        for (; n > int.MaxValue; n -= int.MaxValue, y += int.MaxValue) new Span<float>(y, int.MaxValue).Fill(value);
        new Span<float>(y, (int)Math.Max(0, n)).Fill(value);
    }

    /// <summary>y = x; the two may overlap.</summary>
    public static void Copy(float* y, float* x, long n) => Buffer.MemoryCopy(x, y, n * sizeof(float), n * sizeof(float));

    /// <summary>y = a + b.</summary>
    public static void Add(float* y, float* a, float* b, long n) => Map.Binary(y, a, b, n, new AddOp());

    /// <summary>y += x.</summary>
    public static void AddTo(float* y, float* x, long n) => Map.Binary(y, y, x, n, new AddOp());

    /// <summary>y = a·b.</summary>
    public static void Multiply(float* y, float* a, float* b, long n) => Map.Binary(y, a, b, n, new MultiplyOp());

    /// <summary>y += a·b.</summary>
    public static void MultiplyAddTo(float* y, float* a, float* b, long n) => Map.Binary(y, a, b, n, new MultiplyOp(), accumulate: true);

    /// <summary>y = c·x.</summary>
    public static void ScaleTo(float* y, float* x, float c, long n) => Map.Unary(y, x, n, new ScaleOp(c));

    /// <summary>y += c·x.</summary>
    public static void AxpyTo(float* y, float* x, float c, long n) => Map.Unary(y, x, n, new ScaleOp(c), accumulate: true);

    /// <summary>The sum of x², in double lanes that are always added in the same order.</summary>
    public static double SumOfSquares(float* x, long n) => Dot(x, x, n);

    /// <summary>The sum of a·b, in double lanes that are always added in the same order.</summary>
    public static double Dot(float* a, float* b, long n) =>
        Simd.Bits == 512 ? Dot<V512>(a, b, n)
        : Simd.Bits == 256 ? Dot<V256>(a, b, n)
        : Simd.Bits == 128 ? Dot<V128>(a, b, n)
        : Dot<V1>(a, b, n);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Dot<V>(float* a, float* b, long n) where V : struct, IVector<V>
    {
        // four sets of lanes, because one set would wait for its own last store
        var sums = stackalloc double[4 * 16];
        for (var l = 0; l < 4 * 16; l++) sums[l] = 0;
        long i = 0;
        for (; i <= n - V.Count; i += V.Count) V.AddProductTo(sums + i / V.Count % 4 * 16, V.Load(a + i), V.Load(b + i));
        if (i < n) V.AddProductTo(sums, V.LoadPartial(a + i, (int)(n - i)), V.LoadPartial(b + i, (int)(n - i)));
        double total = 0;
        for (var l = 0; l < 4 * 16; l++) total += sums[l];
        return total;
    }

    private readonly struct AddOp : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V a, V b) where V : struct, IVector<V> => a + b;
    }

    private readonly struct MultiplyOp : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V a, V b) where V : struct, IVector<V> => a * b;
    }

    private readonly struct ScaleOp(float c) : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, IVector<V> => V.Broadcast(c) * x;
    }
}
