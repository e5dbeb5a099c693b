using System.CommandLine;

namespace Sundry.Cli;

/// <summary><c>sundry simulate</c>: data whose truth is known, with a configuration that trains on it.</summary>
internal static class SimulateVerb
{
    public static Command Create() => new("simulate", "Write data whose truth is known, with a sundry.yaml that trains on it") { SimulateTasksVerb.Create(), SimulateShopVerb.Create() };
}
