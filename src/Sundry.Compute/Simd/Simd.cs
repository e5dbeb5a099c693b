using System.Runtime.Intrinsics;

namespace Sundry.Compute;

/// <summary>The vector width of this process, chosen once; every kernel asks here, so that one switch moves them all.</summary>
internal static class Simd
{
    /// <summary>512, 256, 128, or 0 for scalar code.</summary>
    /// <remarks>
    /// The environment variable SUNDRY_VECTOR_BITS lowers it. A larger value than the hardware has is obeyed too: the
    /// runtime then emulates the wide vectors, slowly but exactly, which lets a test reach that code on any machine.
    /// </remarks>
    public static readonly int Bits = Choose(Environment.GetEnvironmentVariable("SUNDRY_VECTOR_BITS"));

    /// <summary>Floats in one vector; 1 for scalar code.</summary>
    public static int Lanes => Math.Max(1, Bits / 32);

    private static int Choose(string? wanted) => wanted?.Trim() switch
    {
        "512" => 512,
        "256" => 256,
        "128" => 128,
        "0" => 0,
        _ => Vector512.IsHardwareAccelerated ? 512
            : Vector256.IsHardwareAccelerated ? 256
            : Vector128.IsHardwareAccelerated ? 128
            : 0,
    };
}
