namespace Sundry.Tests;

/// <summary>The sweep of ops at each vector width, in child processes; what the widths come from is the kernels' own test.</summary>
public sealed class OpWidthTests
{
    [Theory]
    [InlineData("512")]
    [InlineData("256")]
    [InlineData("128")]
    [InlineData("0")]
    public void Ops_equal_their_twins_at(string bits) => VectorChild.Run(bits, "ops", ("SUNDRY_VECTOR_BITS", bits));
}
