using System.CommandLine;
using System.Globalization;
using Sundry.Data;
using Sundry.Simulator;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary><c>sundry bench correlation</c>: what sharing costs as tasks have less in common.</summary>
internal static class BenchCorrelationVerb
{
    public static Command Create()
    {
        var (usual, tasks) = (new CorrelationBenchmarkOptions(), new TaskDataOptions());
        var output = new Option<string>("--out", "-o") { Description = "The folder of correlation.json and correlation.svg", DefaultValueFactory = _ => "correlation", HelpName = "DIR" };
        var correlations = new Option<string>("--correlations") { Description = "Correlations, separated by commas", DefaultValueFactory = _ => string.Join(',', usual.Correlations.Select(c => c.ToString(CultureInfo.InvariantCulture))), HelpName = "P,Q" };
        var seeds = NumberOption.Of("--seeds", "Seeds, each with data of its own", usual.Seeds);
        var rows = NumberOption.Of("--rows", "Rows to train on; the test has a fifth as many", tasks.Rows);
        var features = NumberOption.Of("--features", "Inputs", tasks.Features);
        var sines = NumberOption.Of("--sines", "Sines in a label", tasks.Sines);
        var repeats = NumberOption.Of("--repeats", "Trainings of each model on each data set", usual.Repeats);
        var set = new Option<string[]>("--set") { Description = "Overrides a setting of the configuration, such as --set training.epochs=3", HelpName = "path=value", Arity = ArgumentArity.OneOrMore };
        var threads = NumberOption.Of("--threads", "Threads; 0 for one a processor", usual.Threads);
        var json = ConfigSource.JsonOption();
        var verb = new Command("correlation", "Train shared_bottom, mmoe and ple of equal size on simulated tasks from the same to unrelated, and draw their losses");
        foreach (Option option in new Option[] { output, correlations, seeds, rows, features, sines, repeats, set, threads, json }) verb.Options.Add(option);
        verb.SetAction(command =>
        {
            var options = new CorrelationBenchmarkOptions
            {
                Correlations = Parse(command.GetValue(correlations)!),
                Seeds = command.GetValue(seeds),
                Repeats = command.GetValue(repeats),
                Set = ConfigSource.Parse(command.GetValue(set) ?? []),
                Threads = command.GetValue(threads),
            };
            options.Validate();
            var data = tasks with { Rows = command.GetValue(rows), TestRows = Math.Max(10, command.GetValue(rows) / 5), Features = command.GetValue(features), Sines = command.GetValue(sines) };
            data.Validate();
            var folder = command.GetValue(output)!;
            WholeFile.RefuseFile(folder);
            Directory.CreateDirectory(folder);
            var result = new CorrelationBenchmark(options, (p, seed, place) => TaskFolder.Write(data with { Correlation = p, Seed = (ulong)seed }, place, Exit.Stop), folder)
                .Run(new Relay<string>(Terminal.Say), Exit.Stop);
            WholeFile.Write(Path.Combine(folder, "correlation.json"), System.Text.Json.JsonSerializer.Serialize(result, Models.BundleJson.Options) + "\n");
            var plot = Path.Combine(folder, "correlation.svg");
            WholeFile.Write(plot, CorrelationPlot.Draw(result));
            if (command.GetValue(json)) Terminal.Json(result);
            else BenchTables.Write(result);
            Terminal.Say($"plot: {Path.GetFullPath(plot)}");
            return Exit.Done;
        });
        return verb;
    }

    private static double[] Parse(string text) =>
    [
        .. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(word =>
            double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var p) ? p : throw new InputException($"--correlations has '{word}', which is not a number; write --correlations 1,0.5,0")),
    ];
}
