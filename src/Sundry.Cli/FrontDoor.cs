using System.CommandLine;

namespace Sundry.Cli;

/// <summary>The command line: every verb, and the one way in.</summary>
internal static class FrontDoor
{
    /// <summary>Does what a command line asks for.</summary>
    /// <returns>The exit code.</returns>
    public static int Enter(IReadOnlyList<string> arguments)
    {
        var root = new RootCommand("Sundry: multi-task recommendation for shops.")
        {
            DemoVerb.Create(), InitVerb.Create(), ImportVerb.Create(), LogVerb.Create(), PrepareVerb.Create(), TrainVerb.Create(), EvaluateVerb.Create(), PredictVerb.Create(), RankVerb.Create(),
            CompareVerb.Create(), TuneVerb.Create(), AffinityVerb.Create(), RecommendVerb.Create(), SimulateVerb.Create(), ServeVerb.Create(), StoreVerb.Create(), BenchVerb.Create(), SchemaVerb.Create(),
        };
        return Exit.Run(root.Parse(arguments));
    }
}
