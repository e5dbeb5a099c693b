namespace Sundry.Compute;

internal static unsafe partial class Updates
{
    /// <summary>w ← sign(w) max(|w| − by, 0): the proximal step of an L1 penalty.</summary>
    public static void Shrink(float* w, long n, double by)
    {
        var less = (float)by;
        for (long i = 0; i < n; i++)
        {
            var size = MathF.Abs(w[i]) - less;
            w[i] = size > 0 ? MathF.CopySign(size, w[i]) : 0;
        }
    }
}
