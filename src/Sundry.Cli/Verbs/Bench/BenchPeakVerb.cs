using System.CommandLine;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary><c>sundry bench peak</c>: what the machine can do at most.</summary>
internal static class BenchPeakVerb
{
    public static Command Create()
    {
        var threads = BenchOptions.Threads(Environment.ProcessorCount);
        var json = ConfigSource.JsonOption();
        var verb = new Command("peak", "Measure multiply-adds and copying, on one thread and on all: the yardstick for every other figure") { threads, json };
        verb.SetAction(command =>
        {
            var result = PeakBenchmark.Run(command.GetValue(threads), Exit.Stop);
            if (command.GetValue(json)) Terminal.Json(result);
            else BenchTables.Write(result);
            return Exit.Done;
        });
        return verb;
    }
}
