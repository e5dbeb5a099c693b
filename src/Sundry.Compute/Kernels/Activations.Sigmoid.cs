using System.Runtime.CompilerServices;

namespace Sundry.Compute;

internal static unsafe partial class Activations
{
    /// <summary>y = 1 / (1 + e^-x).</summary>
    public static void Sigmoid(float* y, float* x, long n) => Map.Unary(y, x, n, new SigmoidOp());

    /// <summary>dx (+)= dy·y·(1 - y).</summary>
    public static void SigmoidGradient(float* dx, float* dy, float* y, long n, bool accumulate) =>
        Map.Binary(dx, dy, y, n, new SigmoidGradientOp(), accumulate);

    private readonly struct SigmoidOp : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, IVector<V> => VectorMath.Sigmoid(x);
    }

    private readonly struct SigmoidGradientOp : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V dy, V y) where V : struct, IVector<V> => dy * y * (V.Broadcast(1f) - y);
    }
}
