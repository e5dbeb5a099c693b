using System.CommandLine;
using Sundry.Data;
using Sundry.Serving;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary><c>sundry import</c>: turns a public data set's files into a shop's.</summary>
internal static class ImportVerb
{
    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = $"The data set: {string.Join(", ", DataImports.Names)}" };
        var path = new Argument<string>("path") { Description = "The folder of its files, or its one file" };
        var output = new Option<string?>("--out", "-o") { Description = "The folder to write; NAME unless given", HelpName = "DIR" };
        var mapping = new Option<string?>("--mapping") { Description = "For generic: the file that says which columns are what, with the keys of data.log", HelpName = "FILE.yaml" };
        var json = ConfigSource.JsonOption();
        var verb = new Command("import", "Turn a public data set's files into a shop's: events, items, users, friends and categories as it has them, and a sundry.yaml") { name, path };
        foreach (Option option in new Option[] { output, mapping, json }) verb.Options.Add(option);
        verb.SetAction(command =>
        {
            var request = new ImportRequest(command.GetValue(name)!, command.GetValue(path)!, command.GetValue(output) ?? command.GetValue(name)!)
            {
                Mapping = command.GetValue(mapping),
                OpenDatabase = Databases.Open,
            };
            if (request.Mapping is not null && request.Name != "generic") throw new InputException($"--mapping is for 'generic' alone; '{request.Name}' knows its columns");
            using var display = new RunDisplay();
            var summary = DataImports.Run(request, new Relay<PrepareProgress>(display.Reading), Exit.Stop);
            display.Dispose();
            if (command.GetValue(json)) Terminal.Json(summary);
            else Show(summary);
            var config = Path.Combine(request.Folder, "sundry.yaml");
            Terminal.Say(summary.Files.Keys.Any(f => f.StartsWith("events", StringComparison.Ordinal)) ? $"next: sundry log -c {config}; then sundry train -c {config}" : $"next: sundry train -c {config}");
            return Exit.Done;
        });
        return verb;
    }

    private static void Show(ImportSummary summary)
    {
        foreach (var (file, rows) in summary.Files) Terminal.Say($"{file}: {rows:N0} rows");
        foreach (var (reason, rows) in summary.LeftOut) Terminal.Say($"left out: {rows:N0} rows, {reason}");
        foreach (var note in summary.Notes) Terminal.Say("note: " + note);
        Terminal.Say($"{summary.RowsRead:N0} rows in {summary.Seconds:0.00} s");
    }
}
