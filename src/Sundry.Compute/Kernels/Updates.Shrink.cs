namespace Sundry.Compute;

internal static unsafe partial class Updates
{
    /// <summary>w ← sign(w) max(|w| − by / (√(v / correction) + ε), 0), the proximal step of an L1 penalty; a null <paramref name="v"/> means by alone.</summary>
    public static void Shrink(float* w, float* v, long n, double by, double correction, double epsilon)
    {
        var (plain, scale, least) = ((float)by, (float)(1 / correction), (float)epsilon);
        for (long i = 0; i < n; i++)
        {
            var less = v is null ? plain : plain / (MathF.Sqrt(v[i] * scale) + least);
            var size = MathF.Abs(w[i]) - less;
            // a weight that is no number must stay none, to be found
            w[i] = size <= 0 ? 0 : MathF.CopySign(size, w[i]);
        }
    }
}
