using System.CommandLine;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary><c>sundry affinity</c>: trains all tasks together once, and says which of them help and which hinder each other.</summary>
internal static class AffinityVerb
{
    private const string Mixed = "Measured in batches of all sources, whatever 'training.sources' says: only tasks with a row in the same batch can be compared.";

    public static Command Create()
    {
        var config = new ConfigSource();
        var defaults = new AffinityRequest();
        var architecture = new Option<string>("--architecture") { Description = "How the tasks share while they are measured", DefaultValueFactory = _ => defaults.Architecture, HelpName = "NAME" };
        var models = new Option<int>("--models") { Description = "The most models that the tasks may be divided among", DefaultValueFactory = _ => defaults.Models, HelpName = "N" };
        var every = new Option<int?>("--every") { Description = "Look at one step in so many; by default one in ten, and more in a short training", HelpName = "N" };
        var rate = new Option<double?>("--rate") { Description = "Rate of the steps that are tried, the same for all tasks; by default they are equally long", HelpName = "R" };
        var output = new Option<string?>("--out", "-o") { Description = "The folder of the report; by default affinity/NAME beside the configuration", HelpName = "DIR" };
        var json = ConfigSource.JsonOption();
        var verb = new Command("affinity", "Measure how tasks act on each other while they are learned together, and say which to learn together");
        config.AddTo(verb);
        foreach (Option option in new Option[] { architecture, models, every, rate, output, json }) verb.Options.Add(option);
        verb.SetAction(command =>
        {
            var options = config.Read(command);
            var folder = config.Folder(command);
            var place = command.GetValue(output) ?? Path.Combine(folder, "affinity", options.Name);
            var request = new AffinityRequest
            {
                Architecture = command.GetValue(architecture)!,
                Models = command.GetValue(models),
                Every = command.GetValue(every),
                Rate = command.GetValue(rate),
            };
            AffinityStudy.Check(options, request);
            WholeFile.RefuseFile(place);
            using var display = new RunDisplay();
            using var data = ConfigSource.Prepare(options, folder, display);
            var result = new AffinityStudy(data, options, Path.Combine(place, "work"), display).Measure(request, Exit.Stop);
            display.Dispose();
            var file = ReportFile.Write(command, options, place, new ReportModel
            {
                Name = options.Name,
                Architecture = result.Architecture,
                Balancing = result.Balancing,
                Summary = data.Summary,
                Affinity = result,
                Notes = AffinityStudy.Mixes(options) ? [Mixed] : [],
                History = result.History,
                Seconds = result.Seconds,
            });
            if (command.GetValue(json)) Terminal.Json(AffinityJson.Of(result, file));
            else AffinityTables.Write(result);
            if (AffinityStudy.Mixes(options)) Terminal.Say(Mixed);
            Terminal.Say($"report: {file}");
            return Exit.Done;
        });
        return verb;
    }
}
