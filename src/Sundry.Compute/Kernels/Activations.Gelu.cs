using System.Runtime.CompilerServices;

namespace Sundry.Compute;

internal static unsafe partial class Activations
{
    /// <summary>y = x·Φ(x), the exact form by the error function. Hendrycks and Gimpel 2016.</summary>
    public static void Gelu(float* y, float* x, long n) => Map.Unary(y, x, n, new GeluOp());

    /// <summary>dx (+)= dy·(Φ(x) + x·φ(x)).</summary>
    public static void GeluGradient(float* dx, float* dy, float* x, long n, bool accumulate) =>
        Map.Binary(dx, dy, x, n, new GeluGradientOp(), accumulate);

    private readonly struct GeluOp : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, IVector<V> => x * VectorMath.NormalCdf(x);
    }

    private readonly struct GeluGradientOp : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V dy, V x) where V : struct, IVector<V>
        {
            var density = V.Broadcast(0.398942280401432678f) * VectorMath.Exp(V.Broadcast(-0.5f) * x * x);
            return dy * V.MultiplyAdd(x, density, VectorMath.NormalCdf(x));
        }
    }
}
