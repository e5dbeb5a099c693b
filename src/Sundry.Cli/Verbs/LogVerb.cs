using System.CommandLine;
using Sundry.Data;
using Sundry.Serving;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary><c>sundry log</c>: reads a shop's log and says what is in it, and what is left out.</summary>
internal static class LogVerb
{
    public static Command Create()
    {
        var config = new ConfigSource();
        var json = ConfigSource.JsonOption();
        var verb = new Command("log", "Read the log that a configuration's data.log describes, and say what is in it and what is left out");
        config.AddTo(verb);
        verb.Options.Add(json);
        verb.SetAction(command =>
        {
            // a log is looked at before there is anything to predict
            var data = ConfigReader.ReadSection<SundryOptions, DataOptions>(command.GetValue(config.File)!, "data", config.Overrides(command));
            using var display = new RunDisplay();
            var (_, summary) = LogReader.Read(new LogRequest(data, config.Folder(command), TimeProvider.System, Databases.Open), new Relay<PrepareProgress>(display.Reading), Exit.Stop);
            display.Dispose();
            if (command.GetValue(json)) Terminal.Json(summary);
            else LogSummaryTable.Write(summary);
            return Exit.Done;
        });
        return verb;
    }
}
