using System.CommandLine;
using Sundry.Data;

namespace Sundry.Cli;

/// <summary><c>sundry init</c>: looks at data files and writes a commented sundry.yaml.</summary>
internal static class InitVerb
{
    /// <summary>The defaults of what is changed most, written out so that they can be.</summary>
    private const string ModelAndTraining = """
        model:
          architecture: mmoe             # how tasks share: single_task, shared_bottom, mmoe, cgc or ple
          embedding: 8                   # floats in the embedding of a category
          experts: {count: 8, layers: [32]}
          tower: [16]                    # hidden layers of each task
          normalization: batch           # between a layer and its activation: none, batch or layer
          dropout: 0.1                   # share of hidden values left out in each training step

        training:
          optimizer: adam
          learning_rate: 3e-3
          schedule: cosine               # the rate falls to 0 over all epochs
          batch: 1024                    # rows a step
          epochs: 10
          early_stopping: {patience: 3}  # epochs without improvement on validation; the best epoch is kept in any case
          balancing: equal               # how the tasks' losses or gradients are combined; docs/balancing says which to pick
          seed: 1
        """;

    public static Command Create()
    {
        var files = new Argument<string[]>("files") { Description = "Data files or globs; names with train, test or validation say which part a file is", Arity = ArgumentArity.OneOrMore };
        var labels = new Option<string[]>("--label") { Description = "What to predict: a column, or \"column=positive value\"; may be repeated. By default likely labels are guessed", HelpName = "NAME[=VALUE]", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--out", "-o") { Description = "The file to write; - for stdout", DefaultValueFactory = _ => "sundry.yaml", HelpName = "FILE" };
        var force = new Option<bool>("--force") { Description = "Replace the file" };
        var json = ConfigSource.JsonOption();
        var verb = new Command("init", "Look at data files, tables of examples or a shop's log, and write a commented configuration") { files };
        foreach (Option option in new Option[] { labels, output, force, json }) verb.Options.Add(option);
        verb.SetAction(command =>
        {
            var place = command.GetValue(output)!;
            if (Directory.Exists(place)) throw new InputException("this is a folder; name a file in it with --out", place);
            if (File.Exists(place) && !command.GetValue(force)) throw new InputException("the file exists; give another --out, or --force to replace it", place);
            var folder = place == "-" ? Directory.GetCurrentDirectory() : Path.GetDirectoryName(Path.GetFullPath(place))!;
            var request = new InitRequest(command.GetValue(files)!, folder) { Labels = command.GetValue(labels) ?? [], ModelAndTraining = ModelAndTraining };
            var result = LogInit.Write(request) ?? InitWriter.Write(request);
            if (place == "-")
            {
                Console.Out.Write(result.Yaml);
                return Exit.Done;
            }

            WholeFile.Write(place, result.Yaml);
            if (command.GetValue(json)) Terminal.Json(new { Config = Path.GetFullPath(place), result.Tasks, result.Features, Excluded = result.Excluded.ToDictionary(e => e.Key, e => e.Value), result.RowsRead });
            if (result.Log is not null) Terminal.Say($"{place}: a shop's log ({result.Log}); tasks: {string.Join(", ", result.Tasks)}");
            else Terminal.Say($"{place}: {result.Features} features; tasks: {string.Join(", ", result.Tasks)}");
            foreach (var (name, reason) in result.Excluded) Terminal.Say($"  left out {name}: {reason}");
            Terminal.Say($"look it over, then: sundry train{(place == "sundry.yaml" ? "" : $" -c {place}")}");
            return Exit.Done;
        });
        return verb;
    }
}
