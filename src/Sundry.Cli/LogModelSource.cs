using System.CommandLine;
using Sundry.Data;
using Sundry.Models;
using Sundry.Serving;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary>The log that a model was trained on, or a later one: what <c>evaluate</c>, <c>predict</c> and <c>recommend</c> read for models of a log.</summary>
internal sealed class LogModelSource
{
    private readonly Option<string?> _config = new("--config", "-c") { Description = "For a model of a log: the configuration whose data.log is read, such as that of a later log; by default that of the training", HelpName = "sundry.yaml" };
    private readonly Option<string?> _after = new("--after") { Description = "For a model of a log: the moment from which rows are taken; by default that of its test rows", HelpName = "TIME" };

    public void AddTo(Command verb)
    {
        verb.Options.Add(_config);
        verb.Options.Add(_after);
    }

    /// <summary>What a bundle says of its log; null where the source's rows are those of tables.</summary>
    /// <exception cref="InputException">Options of a log are given, and the model knows none.</exception>
    public LogOrigin? Origin(ParseResult command, string model, string source)
    {
        if (LogOrigin.Read(model) is { } origin && origin.Samples.Any(s => s.Source == source)) return origin;
        foreach (var option in new[] { _config, _after })
            if (command.GetValue(option) is not null) throw new InputException($"{option.Name} is for models whose rows were made of a log, and this one's are those of tables; leave it out", model);
        return null;
    }

    /// <summary>Refuses tables for a model of a log: none holds its counters and histories.</summary>
    /// <exception cref="InputException">Tables are given.</exception>
    public static void RefuseTables(IReadOnlyList<string> files, string verb)
    {
        if (files.Count > 0)
            throw new InputException($"the model's rows were made of a log, and no table has their counters and histories; leave '{files[0]}' out, or put its events into a log and name the configuration that describes it: sundry {verb} MODEL -c sundry.yaml");
    }

    /// <summary>Reads the log.</summary>
    /// <param name="command">The command line.</param>
    /// <param name="model">The bundle's folder.</param>
    /// <param name="trained">The configuration of the training.</param>
    /// <param name="origin">What the bundle says of its log.</param>
    /// <param name="display">Told how it goes on.</param>
    /// <param name="keepIds">Whether the events' ids are kept.</param>
    public EventLog Read(ParseResult command, string model, SundryOptions trained, LogOrigin origin, RunDisplay display, bool keepIds = false)
    {
        var (data, folder) = (trained.Data, Path.GetFullPath(Path.Combine(model, origin.Configuration)));
        if (command.GetValue(_config) is { } config)
        {
            data = ConfigReader.ReadSection<SundryOptions, DataOptions>(config, "data", []);
            if (data.Log is null) throw new InputException("it has no data.log, which the model's rows are made of; name a configuration that has one", config);
            folder = Path.GetDirectoryName(Path.GetFullPath(config))!;
        }

        return LogReader.Read(new LogRequest(data, folder, TimeProvider.System, Databases.Open) { KeepIds = keepIds }, new Relay<PrepareProgress>(display.Reading), Exit.Stop).Log;
    }

    /// <summary>The moment from which rows are taken.</summary>
    /// <exception cref="InputException">It is no time, or nobody knows it.</exception>
    public long From(ParseResult command, LogOrigin origin, string source) => command.GetValue(_after) is { } text
        ? LogTime.Parse(text, "--after")
        : origin.HeldFrom(source) ?? throw new InputException("the model's rows were not split by time, so that no moment is known from which rows are new to it; name one with --after TIME");

    /// <summary>The configuration that a model was trained with.</summary>
    public static SundryOptions Trained(Bundle bundle) => ConfigReader.Read<SundryOptions>(bundle.Info.Configuration, "the model's configuration");
}
