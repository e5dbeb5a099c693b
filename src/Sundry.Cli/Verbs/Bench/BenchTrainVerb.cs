using System.CommandLine;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary><c>sundry bench train</c>: training steps on made-up rows.</summary>
internal static class BenchTrainVerb
{
    public static Command Create()
    {
        var usual = new TrainBenchmarkOptions();
        var model = new BenchModelSource();
        var batch = NumberOption.Of("--batch", "Rows a step", usual.Batch);
        var threads = BenchOptions.Threads(usual.Threads);
        var shards = new Option<int?>("--shards") { Description = "Parts of a batch that are worked on side by side; by default as many as threads", HelpName = "N" };
        var steps = NumberOption.Of("--steps", "Steps a round", usual.Steps);
        var rounds = NumberOption.Of("--rounds", "Rounds that count; one more goes before them", usual.Rounds);
        var optimizer = BenchOptions.Word("--optimizer", "adam, adamw, adagrad or sgd", usual.Optimizer);
        var json = ConfigSource.JsonOption();
        var verb = new Command("train", "Measure training steps on random ids and labels, and where their time goes");
        model.AddTo(verb);
        foreach (Option option in new Option[] { batch, threads, shards, steps, rounds, optimizer, json }) verb.Options.Add(option);
        verb.SetAction(command =>
        {
            var options = new TrainBenchmarkOptions
            {
                Model = model.Read(command),
                Batch = command.GetValue(batch),
                Threads = command.GetValue(threads),
                Shards = command.GetValue(shards),
                Steps = command.GetValue(steps),
                Rounds = command.GetValue(rounds),
                Optimizer = BenchOptions.Read<OptimizerKind>(command, optimizer),
            };
            var result = TrainBenchmark.Run(options, BenchOptions.Progress(), Exit.Stop);
            if (command.GetValue(json)) Terminal.Json(result);
            else BenchTables.Write(result);
            return Exit.Done;
        });
        return verb;
    }
}
