using System.CommandLine;
using Sundry.Serving;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary><c>sundry train</c>: prepares, trains, judges, reports, saves.</summary>
internal static class TrainVerb
{
    public static Command Create()
    {
        var config = new ConfigSource();
        var output = new Option<string?>("--out", "-o") { Description = "The folder of the model; by default models/NAME beside the configuration", HelpName = "DIR" };
        var resume = new Option<bool>("--resume") { Description = "Go on from the checkpoint of a training that was interrupted" };
        var force = new Option<bool>("--force") { Description = "Replace the model in the output folder" };
        var json = ConfigSource.JsonOption();
        var verb = new Command("train", "Train a multi-task model on the data of a configuration, judge it, and write it with a report");
        config.AddTo(verb);
        foreach (Option option in new Option[] { output, resume, force, json }) verb.Options.Add(option);
        verb.SetAction(command =>
        {
            var options = config.Read(command);
            var folder = config.Folder(command);
            var place = command.GetValue(output) ?? Path.Combine(folder, "models", options.Name);
            Exit.HowToResume = "the last whole epoch is kept; the same command with --resume goes on from there";
            using var display = new RunDisplay();
            var run = new TrainingRun(
                new RunRequest(options, folder, place, ConfigSource.CommandLine(command), ConfigSource.Program, command.GetValue(resume), command.GetValue(force)) { OpenDatabase = Databases.Open }, display, TimeProvider.System);
            var result = run.Execute(Exit.Stop);
            display.Dispose();
            if (command.GetValue(json)) Terminal.Json(result);
            else Show(result);
            return Exit.Done;
        });
        return verb;
    }

    /// <summary>The table at the end, and where things are.</summary>
    public static void Show(RunResult result)
    {
        MetricTable.Write(result.Tasks, result.Rows["test"] > 0 ? "test" : "validation");
        Terminal.Say($"{result.Architecture}, {result.Parameters:N0} weights, best epoch {result.BestEpoch} of {result.Epochs}, {result.Seconds:0.0} s, {result.SamplesPerSecond:N0} rows/s, at most {result.PeakMemoryMb:N0} MB");
        if (result.Ranking is { } ranking) RankingTable.Write(ranking);
        Terminal.Say($"model:  {result.Model}");
        Terminal.Say($"report: {Path.Combine(result.Model, "report.html")}");
    }
}
