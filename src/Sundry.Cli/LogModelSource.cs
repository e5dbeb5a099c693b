using System.CommandLine;
using Sundry.Data;
using Sundry.Models;
using Sundry.Serving;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary>The log that a model was trained on, or a later one: what <c>evaluate</c>, <c>predict</c>, <c>rank</c> and <c>recommend</c> read for models of a log.</summary>
internal sealed class LogModelSource
{
    private readonly Option<string?> _config = new("--config", "-c") { Description = "For a model of a log: the configuration whose data.log is read, such as that of a later log; by default that of the training", HelpName = "sundry.yaml" };
    private readonly Option<string[]> _events = new("--events") { Description = "For a model of a log: tables of further events, written as the log's are; rows are taken from the first of them on, and those before are their past", HelpName = "FILE", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _after = new("--after") { Description = "For a model of a log: the moment from which rows are taken; by default that of its test rows", HelpName = "TIME" };

    public void AddTo(Command verb)
    {
        foreach (Option option in new Option[] { _config, _events, _after }) verb.Options.Add(option);
    }

    /// <summary>What a bundle says of its log; null where the source's rows are those of tables.</summary>
    /// <exception cref="InputException">Options of a log are given, and the model knows none.</exception>
    public LogOrigin? Origin(ParseResult command, string model, string source)
    {
        if (LogOrigin.Read(model) is { } origin && origin.Samples.Any(s => s.Source == source)) return origin;
        foreach (var option in new Option[] { _config, _events, _after })
            if (command.GetResult(option) is { Implicit: false }) throw new InputException($"{option.Name} is for models whose rows were made of a log, and this one's are those of tables; leave it out", model);
        return null;
    }

    /// <summary>Refuses tables for a model of a log: none holds its counters and histories.</summary>
    /// <exception cref="InputException">Tables are given.</exception>
    public static void RefuseTables(IReadOnlyList<string> files, string verb)
    {
        if (files.Count > 0)
            throw new InputException($"the model's rows were made of a log, and no table has their counters and histories; leave '{files[0]}' out; if it holds further events, name it as such (sundry {verb} MODEL --events {files[0]}), or the configuration that describes a later log (sundry {verb} MODEL -c sundry.yaml)");
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
        var (data, folder) = Data(command, model, trained, origin);
        if (Further(command, data) is { } further) data = data with { Log = data.Log! with { Events = [.. data.Log.Events, further] } };
        return Read(data, folder, display, keepIds);
    }

    /// <summary>The moment from which rows are taken.</summary>
    /// <exception cref="InputException">It is no time, or nobody knows it.</exception>
    public long From(ParseResult command, string model, SundryOptions trained, LogOrigin origin, string source, RunDisplay display)
    {
        if (command.GetValue(_after) is { } text) return LogTime.Parse(text, "--after");
        var (data, folder) = Data(command, model, trained, origin);
        if (Further(command, data) is not { } further)
            return origin.HeldFrom(source) ?? throw new InputException("the model's rows were not split by time, so that no moment is known from which rows are new to it; name one with --after TIME");
        var first = new ShopEvent[1];
        Read(data with { Log = data.Log! with { Events = [further] } }, folder, display).Read(0, first);
        return first[0].Time;
    }

    /// <summary>The configuration that a model was trained with.</summary>
    public static SundryOptions Trained(Bundle bundle) => ConfigReader.Read<SundryOptions>(bundle.Info.Configuration, "the model's configuration");

    private static EventLog Read(DataOptions data, string folder, RunDisplay display, bool keepIds = false) =>
        LogReader.Read(new LogRequest(data, folder, TimeProvider.System, Databases.Open) { KeepIds = keepIds }, new Relay<PrepareProgress>(display.Reading), Exit.Stop).Log;

    // the section that describes the log, and the folder that its paths start from
    private (DataOptions Data, string Folder) Data(ParseResult command, string model, SundryOptions trained, LogOrigin origin)
    {
        if (command.GetValue(_config) is not { } config) return (trained.Data, Path.GetFullPath(Path.Combine(model, origin.Configuration)));
        var data = ConfigReader.ReadSection<SundryOptions, DataOptions>(config, "data", []);
        if (data.Log is null) throw new InputException("it has no data.log, which the model's rows are made of; name a configuration that has one", config);
        return (data, Path.GetDirectoryName(Path.GetFullPath(config))!);
    }

    // further events are written as the first of the log's files are
    private LogEventsOptions? Further(ParseResult command, DataOptions data)
    {
        if (command.GetValue(_events) is not { Length: > 0 } files) return null;
        var alike = data.Log!.Events.FirstOrDefault(table => table.Files.Count > 0) ?? new LogEventsOptions();
        return alike with { Files = [.. files.Select(Path.GetFullPath)] };
    }
}
