using System.CommandLine;
using System.Text.Json;
using Sundry.Data;
using Sundry.Models;
using Sundry.Serving;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary><c>sundry tune</c>: searches settings within a budget, and says whether any task pays for it.</summary>
internal static class TuneVerb
{
    private const string Yaml = "tuned.yaml", Evidence = "tune.json";

    public static Command Create()
    {
        var config = new ConfigSource();
        var tries = new Option<string[]>("--try") { Description = "What to try for a setting: values, or a range; may be repeated. By default the architecture, sizes, learning rate and balancing", HelpName = "path=A,B|LOW..HIGH[:log][:int]", Arity = ArgumentArity.OneOrMore };
        var objective = new Option<string?>("--objective") { Description = "no-regret (the greatest mean gain at which no task loses against its single-task model), mean, a task, TASK.METRIC, or weights TASK=W,TASK=W; by default no-regret where there are several tasks", HelpName = "WHAT" };
        var minutes = new Option<double?>("--minutes") { Description = "Minutes that the whole may take", HelpName = "N" };
        var trials = new Option<int?>("--trials") { Description = "Settings to try; by default 30, or as many as fit into the minutes", HelpName = "N" };
        var finalists = new Option<int?>("--finalists") { Description = "How many of the best are trained with further seeds; by default 3", HelpName = "N" };
        var seeds = new Option<int?>("--seeds") { Description = "Seeds of each of them; by default 3", HelpName = "N" };
        var output = new Option<string?>("--out", "-o") { Description = "The folder of the results; by default tune/NAME beside the configuration", HelpName = "DIR" };
        var resume = new Option<bool>("--resume") { Description = "Go on with the search in the folder, also with more trials or minutes" };
        var force = new Option<bool>("--force") { Description = "Replace the search in the folder" };
        var json = ConfigSource.JsonOption();
        var verb = new Command("tune", "Search settings within minutes or trials, and write the best as a configuration, with the evidence");
        config.AddTo(verb);
        foreach (Option option in new Option[] { tries, objective, minutes, trials, finalists, seeds, output, resume, force, json }) verb.Options.Add(option);
        verb.SetAction(command =>
        {
            var options = config.Read(command);
            options = options with
            {
                Tune = With(options.Tune ?? new(), command.GetValue(tries) ?? [], command.GetValue(objective), NumberOption.Within("--minutes", command.GetValue(minutes), 0.01, 1e6),
                    NumberOption.Within("--trials", command.GetValue(trials), 1, 100_000), NumberOption.Within("--finalists", command.GetValue(finalists), 1, 100),
                    NumberOption.Within("--seeds", command.GetValue(seeds), 1, 100)),
            };
            var folder = config.Folder(command);
            var place = command.GetValue(output) ?? Path.Combine(folder, "tune", options.Name);
            WholeFile.RefuseFile(place);
            // wrong words are refused before the data is read
            _ = TuneObjective.Parse(options.Tune.Objective, options.Tasks);
            _ = new SearchSpace(options, 0);
            if (command.GetValue(resume) && command.GetValue(force)) throw new InputException("--resume goes on with the search in the folder, and --force replaces it; leave one of the two out");
            using var display = new QuietDisplay();
            using var data = ConfigSource.Prepare(options, folder, display);
            Exit.HowToResume = "what was found is kept; the same command with --resume goes on from there";
            var result = new Tuner(data, options, folder, Path.Combine(place, "trials"), display, TimeProvider.System) { Resume = command.GetValue(resume), Replace = command.GetValue(force), OpenDatabase = Databases.Open }.Run(Exit.Stop);
            display.Dispose();
            var report = Write(command, options, folder, place, data.Summary, result);
            if (command.GetValue(json)) Terminal.Json(TuneJson.Of(result, Path.GetFullPath(Path.Combine(place, Yaml)), options.Training.Seed));
            else Show(result);
            Terminal.Say(result.Finding);
            Terminal.Say($"configuration: {Path.GetFullPath(Path.Combine(place, Yaml))}");
            Terminal.Say($"report:        {report}");
            return Exit.Done;
        });
        return verb;
    }

    private static TuneOptions With(TuneOptions tune, string[] tries, string? objective, double? minutes, int? trials, int? finalists, int? seeds)
    {
        var all = new Dictionary<string, IReadOnlyList<string>>(tune.Try);
        foreach (var text in tries)
        {
            var at = text.IndexOf('=', StringComparison.Ordinal);
            if (at < 1) throw new InputException($"--try {text} has no '='; write --try path=values, such as --try training.learning_rate=1e-4..1e-2:log");
            all[text[..at]] = [text[(at + 1)..]];
        }

        return tune with
        {
            Try = all,
            Objective = objective ?? tune.Objective,
            Minutes = minutes ?? tune.Minutes,
            Trials = trials ?? tune.Trials,
            Finalists = finalists ?? tune.Finalists,
            Seeds = seeds ?? tune.Seeds,
        };
    }

    private static string Write(ParseResult command, SundryOptions options, string folder, string place, DataSummary summary, TuneResult result)
    {
        var yaml = TunedConfiguration.Write(result, folder, place);
        WholeFile.Write(Path.Combine(place, Yaml), yaml);
        WholeFile.Write(Path.Combine(place, Evidence), JsonSerializer.Serialize(TuneJson.Of(result, Yaml, options.Training.Seed), BundleJson.Options) + "\n");
        return ReportFile.Write(command, options, place, new ReportModel
        {
            Name = options.Name,
            Configuration = yaml,
            Summary = summary,
            Search = result,
            Comparison = result.Comparison,
            Notes = ["The comparison and its trade-offs are on the validation rows, by which the winner was chosen."],
        });
    }

    private static void Show(TuneResult result)
    {
        MetricTable.Write(result.Comparison, "validation");
        if (result.Test.Count > 0) MetricTable.Write(result.Test, "test");
    }
}
