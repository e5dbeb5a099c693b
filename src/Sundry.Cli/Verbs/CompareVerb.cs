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
        var seeds = NumberOption.Of("--seeds", "Seeds of each, counted up from the configuration's", 3);
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
            NumberOption.Within("--seeds", command.GetValue(seeds), 1, 100);
            WholeFile.RefuseFile(place);
            Exit.HowToResume = "what is done is kept; the same command goes on from there";
            using var display = new QuietDisplay();
            using var data = ConfigSource.Prepare(options, folder, display);
            var results = new Comparison(data, options, Path.Combine(place, "runs"), display) { EqualParameters = !command.GetValue(configured) }.Compare(names, balancings, command.GetValue(seeds), Exit.Stop);
            display.Dispose();
            var part = data.Test is null ? "validation" : "test";
            var file = ReportFile.Write(command, options, place, new ReportModel
            {
                Name = options.Name,
                Summary = data.Summary,
                Comparison = results,
                Notes =
                [
                    $"Everything is judged on the {part} rows{(data.Test is null ? ", which also chose the epochs: there are no test rows" : "")}.",
                    command.GetValue(configured)
                        ? "Every architecture has the widths of the configuration, so that they differ in size."
                        : $"Widths are scaled so that all have as many dense weights as the configuration's {options.Model.Architecture}, within {100 * EqualSizes.Tolerance:0}% where whole units allow it; embedding tables are not counted.",
                ],
            });
            if (command.GetValue(json)) Terminal.Json(new { Results = results.Select(ComparisonJson.Of) });
            else MetricTable.Write(results, part);
            Terminal.Say($"report: {file}");
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
