using System.Runtime.CompilerServices;

namespace Sundry.Compute;

internal static unsafe partial class Activations
{
    /// <summary>y = x·σ(x), also called swish. Elfwing et al. 2018.</summary>
    public static void Silu(float* y, float* x, long n) => Map.Unary(y, x, n, new SiluOp());

    /// <summary>dx (+)= dy·σ(x)·(1 + x·(1 - σ(x))).</summary>
    public static void SiluGradient(float* dx, float* dy, float* x, long n, bool accumulate) =>
        Map.Binary(dx, dy, x, n, new SiluGradientOp(), accumulate);

    private readonly struct SiluOp : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, IVector<V> => x * VectorMath.Sigmoid(x);
    }

    private readonly struct SiluGradientOp : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V dy, V x) where V : struct, IVector<V>
        {
            var s = VectorMath.Sigmoid(x);
            var one = V.Broadcast(1f);
            return dy * s * V.MultiplyAdd(x, one - s, one);
        }
    }
}
