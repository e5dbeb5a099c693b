using System.CommandLine;
using Sundry.Data;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary><c>sundry prepare</c>: reads, encodes and caches; prints what was found and what was refused.</summary>
internal static class PrepareVerb
{
    public static Command Create()
    {
        var config = new ConfigSource();
        var json = ConfigSource.JsonOption();
        var verb = new Command("prepare", "Read and encode the data of a configuration, and say what was found");
        config.AddTo(verb);
        verb.Options.Add(json);
        verb.SetAction(command =>
        {
            var options = config.Read(command);
            using var display = new RunDisplay();
            using var data = Dataset.Prepare(ConfigSource.Request(options, config.Folder(command)), new Relay<PrepareProgress>(display.Preparing), Exit.Stop);
            display.Dispose();
            if (command.GetValue(json)) Terminal.Json(data.Summary);
            else SummaryTable.Write(data.Summary);
            return Exit.Done;
        });
        return verb;
    }
}
