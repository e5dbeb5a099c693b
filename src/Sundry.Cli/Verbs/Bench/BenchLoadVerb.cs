using System.CommandLine;
using Sundry.Data;
using Sundry.Serving;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary><c>sundry bench load</c>: how fast a server answers, seen from outside.</summary>
internal static class BenchLoadVerb
{
    public static Command Create()
    {
        var config = new ConfigSource();
        var url = new Option<string>("--url") { Description = "Where the server listens", DefaultValueFactory = _ => "http://127.0.0.1:8080", HelpName = "URL" };
        var key = new Option<string?>("--key-file") { Description = "A file with the key, where the server asks for one", HelpName = "FILE" };
        var kind = new Option<LoadKind>("--kind") { Description = "What to ask for", DefaultValueFactory = _ => LoadKind.Recommend };
        var rate = new Option<double>("--rate") { Description = "Requests a second, sent whether or not earlier ones were answered; 0: as fast as they are answered", DefaultValueFactory = _ => 200, HelpName = "N" };
        var clients = NumberOption.Of("--clients", "Clients side by side; with a rate, the most requests under way", 64);
        var seconds = new Option<double>("--seconds") { Description = "How long requests count", DefaultValueFactory = _ => 20, HelpName = "S" };
        var warm = new Option<double>("--warm-up") { Description = "How long requests are sent before any counts", DefaultValueFactory = _ => 5, HelpName = "S" };
        var count = new Option<int?>("--count") { Description = "Items of an answer (20), candidates to rank (100), events of a batch (100)", HelpName = "N" };
        var json = ConfigSource.JsonOption();
        var verb = new Command("load", "Put load on a server, and measure its answers; users and items are those of a configuration's log");
        config.AddTo(verb);
        foreach (Option option in new Option[] { url, key, kind, rate, clients, seconds, warm, count, json }) verb.Options.Add(option);
        verb.SetAction(command =>
        {
            var options = new LoadBenchmarkOptions
            {
                Url = Uri.TryCreate(command.GetValue(url), UriKind.Absolute, out var at) ? at : throw new InputException($"'{command.GetValue(url)}' is no address of a server; write one such as http://127.0.0.1:8080"),
                Key = command.GetValue(key) is { } file ? File.ReadAllText(file).Trim() : null,
                Kind = command.GetValue(kind),
                Rate = command.GetValue(rate),
                Clients = command.GetValue(clients),
                Seconds = command.GetValue(seconds),
                WarmUp = command.GetValue(warm),
                Count = command.GetValue(count),
                Seed = command.GetValue(config.Seed) ?? 1,
            };
            options.Check();
            var (users, items) = Names(command, config);
            var result = LoadBenchmark.Run(options, users, items, TimeProvider.System, BenchOptions.Progress(), Exit.Stop).GetAwaiter().GetResult();
            if (command.GetValue(json)) Terminal.Json(result);
            else LoadTable.Write(result);
            return result.Errors.Count == 0 ? Exit.Done : Exit.Failed;
        });
        return verb;
    }

    private static (string[] Users, string[] Items) Names(ParseResult command, ConfigSource config)
    {
        var data = ConfigReader.ReadSection<SundryOptions, DataOptions>(command.GetValue(config.File)!, "data", config.Overrides(command).FindAll(o => o.Key != "training.seed"));
        var (log, _) = LogReader.Read(new LogRequest(data, config.Folder(command), TimeProvider.System, Databases.Open), null, Exit.Stop);
        return ([.. Enumerable.Range(0, log.Users.Count).Select(log.Users.Text)], [.. Enumerable.Range(0, log.Items.Count).Select(log.Items.Text)]);
    }
}
