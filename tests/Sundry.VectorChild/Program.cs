using Sundry.Compute;
using Sundry.Tests;

// Runs the sweep of kernels, or of ops, at whatever width the environment leaves this process with, so that the tests can start it
// once per width. Prints the width; exits 1, saying what differs from its twin, or 2 where the width is not the one asked for.
Console.WriteLine($"bits {Simd.Bits}");
if (args.Length > 0 && args[0] != $"{Simd.Bits}") return 2;
try
{
    if (args is [_, "ops"]) OpSweep.RunAll();
    else KernelSweep.RunAll();
    return 0;
}
catch (InvalidOperationException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
