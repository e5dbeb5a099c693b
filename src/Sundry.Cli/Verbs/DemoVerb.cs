using System.CommandLine;
using Sundry.Data;
using Sundry.Simulator;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary><c>sundry demo</c>: simulates a shop, trains on it, compares with single-task models and with the truth.</summary>
internal static class DemoVerb
{
    private const long Fewest = 5_000;
    private const long Most = 1_000_000_000;

    public static Command Create()
    {
        var output = new Option<string>("--out", "-o") { Description = "The folder of the demo", DefaultValueFactory = _ => "demo", HelpName = "DIR" };
        var impressions = new Option<long>("--impressions") { Description = "Size of the simulated shop's log", DefaultValueFactory = _ => new ShopOptions().Impressions, HelpName = "N" };
        var seed = NumberOption.Seed("The seed of the shop and of the training");
        var force = new Option<bool>("--force") { Description = "Replace the demo in the folder" };
        var json = ConfigSource.JsonOption();
        var verb = new Command("demo", "Simulate a shop whose truth is known, train on it, compare with single-task models, and write the report");
        foreach (Option option in new Option[] { output, impressions, seed, force, json }) verb.Options.Add(option);
        verb.SetAction(command =>
        {
            var folder = command.GetValue(output)!;
            var shop = Path.Combine(folder, "shop");
            if (command.GetValue(impressions) is < Fewest or > Most)
                throw new InputException($"--impressions {command.GetValue(impressions)} is not from {Fewest} to {Most}; with fewer there are no purchases to learn from");
            var drawn = NumberOption.Seed(command, seed);
            Clear(folder, command.GetValue(force));
            Exit.HowToResume = "the same command with --force begins anew";
            using var display = new RunDisplay();
            var options = new ShopOptions { Impressions = command.GetValue(impressions), Seed = drawn };
            display.Doing($"simulating a shop: {options.Impressions:N0} impressions, {options.Users:N0} users, {options.Items:N0} items");
            Directory.CreateDirectory(folder);
            ShopFolder.Write(options, shop, new Relay<ShopProgress>(display.Simulating), Exit.Stop);
            var config = ConfigReader.ReadFile<SundryOptions>(Path.Combine(shop, ShopFolder.Configuration));
            var run = new TrainingRun(
                new RunRequest(config, shop, Path.Combine(folder, "model"), ConfigSource.CommandLine(command), ConfigSource.Program), display, TimeProvider.System)
            {
                Enrich = (report, models) => Compare(report, models, config, folder, display),
            };
            var result = run.Execute(Exit.Stop);
            display.Dispose();
            if (command.GetValue(json)) Terminal.Json(result);
            else TrainVerb.Show(result);
            Terminal.Say($"next: sundry predict {Path.Combine(folder, "model")} {Path.Combine(shop, ShopFolder.Test)} --out predictions.csv");
            return Exit.Done;
        });
        return verb;
    }

    private static ReportModel Compare(ReportModel report, RunModels models, SundryOptions config, string folder, RunDisplay display)
    {
        var comparison = new Comparison(models.Data, config, Path.Combine(folder, "runs"), display);
        var training = config.Training;
        display.Doing("training single-task models to compare with");
        var single = comparison.Run(new Contestant(Contestant.Single, training.Balancing.Method, training.Seed), Exit.Stop);
        var together = new ContestResult(
            new Contestant(config.Model.Architecture, training.Balancing.Method, training.Seed), [.. models.Judged.Select(j => j.JudgedRows)], report.Seconds, report.Parameters);
        display.Doing("comparing with single-task models and with the truth");
        var truth = Truth.Beside(Path.Combine(folder, "shop", ShopFolder.Test));
        var tasks = report.Tasks.Select((t, i) => t with { Single = Comparison.Difference([together], [single], i) }).ToList();
        return report with
        {
            Tasks = tasks,
            Comparison = Comparison.Summarise([[single], [together]]),
            Truth = [.. new[] { together, single }.SelectMany(r => Distances(r, truth))],
        };
    }

    private static IEnumerable<TruthReport> Distances(ContestResult result, Truth truth)
    {
        foreach (var rows in result.Predictions)
            if (truth.Of(rows.Task.Name) is { } values)
                yield return new TruthReport(rows.Task.Name, result.Contestant.Architecture, TruthDistance.Of(rows.Task, rows.Values, values, rows.Labels, rows.Weights));
    }

    private static void Clear(string folder, bool force)
    {
        WholeFile.RefuseFile(folder);
        if (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any()) return;
        if (!force) throw new InputException("the folder exists; give another --out, or --force to replace the demo in it", folder);
        // those with a dot are what an interrupted demo leaves
        string[] ours = ["shop", "model", "runs", "shop.partial", "model.training"];
        if (Directory.EnumerateFileSystemEntries(folder).FirstOrDefault(e => !ours.Contains(Path.GetFileName(e))) is { } foreign)
            throw new InputException($"the folder holds '{Path.GetFileName(foreign)}', which is not the demo's, so --force will not replace it; give another --out", folder);
        foreach (var part in ours.Select(p => Path.Combine(folder, p)).Where(Directory.Exists)) Directory.Delete(part, recursive: true);
    }
}
