using System.Reflection;
using System.Runtime.InteropServices;
using Sundry.Compute;

namespace Sundry.Training;

/// <summary>What a figure was measured on: it goes beside every figure.</summary>
/// <param name="Processor">The processor's name.</param>
/// <param name="Processors">Processors that this process may use.</param>
/// <param name="VectorBits">The vector width of the kernels: 512, 256, 128, or 0 for scalar code.</param>
/// <param name="Sundry">This program's version.</param>
/// <param name="Dotnet">The runtime's version.</param>
/// <param name="System">The operating system.</param>
public sealed record Machine(string Processor, int Processors, int VectorBits, string Sundry, string Dotnet, string System)
{
    /// <summary>This one.</summary>
    public static Machine Here() => new(
        ProcessorName(),
        Environment.ProcessorCount,
        Peak.VectorBits,
        typeof(Machine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0",
        Environment.Version.ToString(),
        RuntimeInformation.OSDescription);

    private static string ProcessorName()
    {
        const string list = "/proc/cpuinfo";
        var line = File.Exists(list) ? File.ReadLines(list).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
            ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
