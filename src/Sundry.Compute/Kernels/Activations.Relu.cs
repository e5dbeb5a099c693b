using System.Runtime.CompilerServices;

namespace Sundry.Compute;

/// <summary>
/// Element-wise non-linearities over n floats, each beside its gradient. A gradient adds to dx where
/// <c>accumulate</c> says so and replaces it otherwise; all operands may be the same memory.
/// </summary>
internal static unsafe partial class Activations
{
    /// <summary>y = max(x, 0).</summary>
    public static void Relu(float* y, float* x, long n) => Map.Unary(y, x, n, new ReluOp());

    /// <summary>dx (+)= dy where <paramref name="y"/> is positive.</summary>
    public static void ReluGradient(float* dx, float* dy, float* y, long n, bool accumulate) =>
        Map.Binary(dx, dy, y, n, new ReluGradientOp(), accumulate);

    private readonly struct ReluOp : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, IVector<V> => VectorMath.Relu(x);
    }

    private readonly struct ReluGradientOp : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V dy, V y) where V : struct, IVector<V> => dy & V.LessThan(V.Zero, y);
    }
}
