using System.CommandLine;

namespace Sundry.Cli;

/// <summary><c>sundry simulate</c>: data whose truth is known.</summary>
internal static class SimulateVerb
{
    public static Command Create() => new("simulate", "Write data whose truth is known") { SimulateTasksVerb.Create(), SimulateShopVerb.Create(), SimulateLogVerb.Create() };
}
