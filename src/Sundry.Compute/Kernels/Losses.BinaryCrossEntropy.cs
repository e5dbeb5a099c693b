using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sundry.Compute;

internal static unsafe partial class Losses
{
    /// <summary>l = softplus(z) - label·z, dl/dz = σ(z) - label; label 0, 1 or between.</summary>
    /// <remarks>The loss of most tasks, therefore four rows at a time, in double as the others, and added up in four lanes.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double BinaryCrossEntropy(float* slopes, float* z, float* label, float* weight, int rows)
    {
        var total = Vector256<double>.Zero;
        var r = 0;
        for (; r <= rows - 4; r += 4) total += BinaryCrossEntropy(slopes + r, z + r, label + r, weight + r);
        if (r == rows) return Vector256.Sum(total);

        // the last rows, and others that weigh nothing
        var room = stackalloc float[16];
        new Span<float>(room, 16).Clear();
        for (var i = 0; i < rows - r; i++) (room[i], room[4 + i], room[8 + i]) = (z[r + i], label[r + i], weight[r + i]);
        total += BinaryCrossEntropy(room + 12, room, room + 4, room + 8);
        Elementwise.Copy(slopes + r, room + 12, rows - r);
        return Vector256.Sum(total);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> BinaryCrossEntropy(float* slopes, float* z, float* label, float* weight)
    {
        Vector256<double> x = Widen(z), y = Widen(label), w = Widen(weight), one = Vector256<double>.One;
        // e^-|z| never overflows, and log(1 + e) keeps its small values
        var e = Vector256.Exp(-Vector256.Abs(x));
        var slope = Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(x, Vector256<double>.Zero), one, e) / (one + e) - y;
        var log1p = Vector256.ConditionalSelect(Vector256.GreaterThan(e, Vector256.Create(1e-8)), Vector256.Log(one + e), e);
        var loss = Vector256.Max(x, Vector256<double>.Zero) + log1p - y * x;
        var counts = ~Vector256.Equals(w, Vector256<double>.Zero);
        var weighted = w * slope & counts;
        Vector256.Narrow(weighted, weighted).GetLower().Store(slopes);
        return w * loss & counts;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Widen(float* source) => Vector256.WidenLower(Vector128.Load(source).ToVector256Unsafe());
}
