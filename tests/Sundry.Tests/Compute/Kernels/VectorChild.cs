using System.Diagnostics;

namespace Sundry.Tests;

/// <summary>The program beside the tests that runs a sweep at one vector width.</summary>
internal static class VectorChild
{
    /// <summary>Runs it and asserts that it ran at <paramref name="bits"/> and found nothing wrong.</summary>
    /// <param name="bits">The width that the environment must lead to.</param>
    /// <param name="sweep"><c>kernels</c> or <c>ops</c>.</param>
    /// <param name="environment">Variables that switch instruction sets off, or force a width.</param>
    public static void Run(string bits, string sweep, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])["exec", Path.Combine(AppContext.BaseDirectory, "Sundry.VectorChild.dll"), bits, sweep]) start.ArgumentList.Add(argument);
        start.Environment.Remove("SUNDRY_VECTOR_BITS");
        foreach (var (name, value) in environment) start.Environment[name] = value;

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"exit {process.ExitCode}: {output}{error.Result}");
        Assert.Equal($"bits {bits}", output.Trim());
    }
}
