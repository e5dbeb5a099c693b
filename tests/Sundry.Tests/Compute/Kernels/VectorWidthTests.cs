using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sundry.Tests;

/// <summary>
/// The kernel sweep in a child process for each vector width: as the runtime chooses it when instruction sets are switched
/// off, and as SUNDRY_VECTOR_BITS forces it. The child fails where the width is not the one it was told to expect.
/// </summary>
public sealed class VectorWidthTests
{
    [SkippableFact]
    public void The_hardware_s_512_bits()
    {
        Skip.IfNot(Vector512.IsHardwareAccelerated, "needs a processor with fast AVX-512");
        Run("512");
    }

    [SkippableFact]
    public void The_hardware_s_256_bits()
    {
        Skip.IfNot(Avx2.IsSupported, "needs a processor with AVX2");
        Run("256", ("DOTNET_EnableAVX512", "0"), ("DOTNET_EnableAVX512F", "0"));
    }

    [SkippableFact]
    public void The_hardware_s_128_bits()
    {
        Skip.IfNot(Sse2.IsSupported, "switches off x86's instruction sets");
        Run("128", ("DOTNET_EnableAVX2", "0"));
    }

    [Fact]
    public void Scalar() => Run("0", ("DOTNET_EnableHWIntrinsic", "0"));

    [Theory]
    [InlineData("512")]
    [InlineData("256")]
    [InlineData("128")]
    [InlineData("0")]
    public void Forced(string bits) => Run(bits, ("SUNDRY_VECTOR_BITS", bits));

    /// <summary>Wide vectors without the instructions that their partial loads use where they can.</summary>
    [Fact]
    public void Forced_where_the_hardware_is_narrower() =>
        Run("256", ("SUNDRY_VECTOR_BITS", "256"), ("DOTNET_EnableAVX", "0"));

    private static void Run(string bits, params (string Name, string Value)[] environment) => VectorChild.Run(bits, "kernels", environment);
}
