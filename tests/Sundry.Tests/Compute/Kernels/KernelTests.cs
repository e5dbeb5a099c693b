namespace Sundry.Tests;

/// <summary>Every kernel against its scalar twin, at the width of this machine.</summary>
public sealed class KernelTests
{
    public static TheoryData<string> Names => [.. KernelSweep.All.Select(kernel => kernel.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Kernel_agrees_with_its_twin(string name) => KernelSweep.All.Single(kernel => kernel.Name == name).Run();
}
