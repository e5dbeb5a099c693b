using System.CommandLine;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary><c>sundry bench score</c>: how long it takes to score candidates.</summary>
internal static class BenchScoreVerb
{
    public static Command Create()
    {
        var usual = new ScoreBenchmarkOptions();
        var model = new BenchModelSource();
        var candidates = BenchOptions.List("--candidates", "Rows of one call; each number is measured by itself", usual.Candidates);
        var shared = NumberOption.Of("--shared-fields", "The first so many fields are the same for all candidates of a call", usual.SharedFields);
        var threads = BenchOptions.Threads(usual.Threads);
        var rounds = NumberOption.Of("--rounds", "Calls that count", usual.Rounds);
        var json = ConfigSource.JsonOption();
        var verb = new Command("score", "Measure how long it takes to score the candidates of a request");
        model.AddTo(verb);
        foreach (Option option in new Option[] { candidates, shared, threads, rounds, json }) verb.Options.Add(option);
        verb.SetAction(command =>
        {
            var options = new ScoreBenchmarkOptions
            {
                Model = model.Read(command),
                Candidates = BenchOptions.Numbers(command, candidates),
                SharedFields = command.GetValue(shared),
                Threads = command.GetValue(threads),
                Rounds = command.GetValue(rounds),
            };
            var result = ScoreBenchmark.Run(options, BenchOptions.Progress(), Exit.Stop);
            if (command.GetValue(json)) Terminal.Json(result);
            else BenchTables.Write(result);
            return Exit.Done;
        });
        return verb;
    }
}
