using System.Runtime.CompilerServices;

namespace Sundry.Compute;

internal static unsafe partial class Activations
{
    /// <summary>y = tanh x.</summary>
    public static void Tanh(float* y, float* x, long n) => Map.Unary(y, x, n, new TanhOp());

    /// <summary>dx (+)= dy·(1 - y²).</summary>
    public static void TanhGradient(float* dx, float* dy, float* y, long n, bool accumulate) =>
        Map.Binary(dx, dy, y, n, new TanhGradientOp(), accumulate);

    private readonly struct TanhOp : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, IVector<V> => VectorMath.Tanh(x);
    }

    private readonly struct TanhGradientOp : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V dy, V y) where V : struct, IVector<V> => dy * (V.Broadcast(1f) - y * y);
    }
}
