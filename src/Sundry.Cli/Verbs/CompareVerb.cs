using System.CommandLine;
using Sundry.Data;
using Sundry.Models;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary><c>sundry compare</c>: architectures × balancers × seeds on equal terms, beside single-task models.</summary>
internal static class CompareVerb
{
    public static Command Create()
    {
        var config = new ConfigSource();
        var architectures = new Option<string?>("--architectures") { Description = "Architectures, separated by commas; by default the configuration's", HelpName = "A,B" };
        var balancers = new Option<string?>("--balancers") { Description = "Balancers, separated by commas; by default the configuration's", HelpName = "C,D" };
        var seeds = new Option<int>("--seeds") { Description = "Seeds of each, counted up from the configuration's", DefaultValueFactory = _ => 3, HelpName = "N" };
        var output = new Option<string?>("--out", "-o") { Description = "The folder of the results; by default compare/NAME beside the configuration", HelpName = "DIR" };
        var configured = new Option<bool>("--as-configured") { Description = "Give every architecture the configuration's widths; by default they are scaled so that all have as many dense weights as the configuration's own model, single-task models together too" };
        var json = ConfigSource.JsonOption();
        var verb = new Command("compare", "Compare ways to share and to balance on equal terms, and say whether any task loses against its single-task model");
        config.AddTo(verb);
        foreach (Option option in new Option[] { architectures, balancers, seeds, configured, output, json }) verb.Options.Add(option);
        verb.SetAction(command =>
        {
            var options = config.Read(command);
            var folder = config.Folder(command);
            var place = command.GetValue(output) ?? Path.Combine(folder, "compare", options.Name);
            var names = Words(command.GetValue(architectures), options.Model.Architecture, Architectures.Names, "architecture");
            var balancings = Words(command.GetValue(balancers), options.Training.Balancing.Method, Balancers.Names, "balancing");
            foreach (var name in names)
                if (Architectures.Create(name).Refuse([.. options.Tasks.Select(t => TaskSchema.Of(t.Key, t.Value))], options.Model) is { } refusal)
                    throw new InputException(refusal);
            if (command.GetValue(seeds) is < 1 or > 100) throw new InputException($"--seeds {command.GetValue(seeds)} is not from 1 to 100");
            if (File.Exists(place)) throw new InputException("the output folder is a file; give another --out", place);
            Exit.HowToResume = "what is done is kept; the same command goes on from there";
            using var display = new RunDisplay();
            using var data = Dataset.Prepare(options.Request(folder), null, Exit.Stop);
            display.Prepared(data.Summary);
            LeakageGuard.Check(data, options.Data);
            var results = new Comparison(data, options, Path.Combine(place, "runs"), display) { EqualParameters = !command.GetValue(configured) }.Compare(names, balancings, command.GetValue(seeds), Exit.Stop);
            display.Dispose();
            var report = new ReportModel
            {
                Name = options.Name,
                Command = ConfigSource.CommandLine(command),
                Configuration = ConfigWriter.ToYaml(options),
                Summary = data.Summary,
                Comparison = results,
                Notes = [command.GetValue(configured)
                    ? "Every architecture has the widths of the configuration, so that they differ in size."
                    : $"Widths are scaled so that all have as many dense weights as the configuration's {options.Model.Architecture}, within {EqualSizes.Tolerance:P0} where whole units allow it; embedding tables are not counted."],
                Seed = (ulong)options.Training.Seed,
                Time = TimeProvider.System.GetUtcNow(),
                Environment = [new("Sundry", ConfigSource.Program), new(".NET", Environment.Version.ToString())],
            };
            var file = Path.Combine(place, "report.html");
            WholeFile.Write(file, HtmlReport.Render(report));
            if (command.GetValue(json)) Terminal.Json(new { Results = results.Select(ComparisonJson.Of) });
            else MetricTable.Write(results);
            Terminal.Say($"report: {Path.GetFullPath(file)}");
            return Exit.Done;
        });
        return verb;
    }

    private static string[] Words(string? given, string configured, IReadOnlyCollection<string> known, string kind)
    {
        var words = given is null ? [configured] : given.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var word in words)
            if (!known.Contains(word))
                throw new InputException($"there is no {kind} '{word}'{NearestName.Ask(word, known)} (they are {string.Join(", ", known)})");
        return words.Length > 0 ? words : throw new InputException($"no {kind} was named; use some of {string.Join(", ", known)}");
    }
}
