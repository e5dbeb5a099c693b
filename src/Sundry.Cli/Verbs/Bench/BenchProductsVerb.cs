using System.CommandLine;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary><c>sundry bench products</c>: the matrix products of a model's layers.</summary>
internal static class BenchProductsVerb
{
    public static Command Create()
    {
        var usual = new ProductBenchmarkOptions();
        var model = new BenchModelSource();
        var batch = NumberOption.Of("--batch", "Rows a step; a thread gets its share of them", usual.Batch);
        var threads = BenchOptions.Threads(usual.Threads);
        var rounds = NumberOption.Of("--rounds", "Rounds, of which the median counts", usual.Rounds);
        var json = ConfigSource.JsonOption();
        var verb = new Command("products", "Measure the matrix products of a model's layers, forward and backward, against the peak");
        model.AddTo(verb);
        foreach (Option option in new Option[] { batch, threads, rounds, json }) verb.Options.Add(option);
        verb.SetAction(command =>
        {
            var options = new ProductBenchmarkOptions
            {
                Model = model.Read(command),
                Batch = command.GetValue(batch),
                Threads = command.GetValue(threads),
                Rounds = command.GetValue(rounds),
            };
            var result = ProductBenchmark.Run(options, BenchOptions.Progress(), Exit.Stop);
            if (command.GetValue(json)) Terminal.Json(result);
            else BenchTables.Write(result);
            return Exit.Done;
        });
        return verb;
    }
}
