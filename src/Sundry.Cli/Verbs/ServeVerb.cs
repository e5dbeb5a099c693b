using System.CommandLine;
using Sundry.Data;
using Sundry.Serving;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary><c>sundry serve</c>: a shop's recommendations over HTTP, from its store and a model.</summary>
internal static class ServeVerb
{
    /// <summary>Where the store is, of every verb that has one.</summary>
    public static Option<string> StoreOption() => new("--store") { Description = "The store: an SQLite file, or postgres://user@host/database?schema=…", DefaultValueFactory = _ => "shop.db", HelpName = "PLACE" };

    public static Command Create()
    {
        var model = new Argument<string?>("model") { Description = "The model's folder; without one, answers are what is popular and visited together", Arity = ArgumentArity.ZeroOrOne };
        var store = StoreOption();
        var listen = new Option<string>("--listen") { Description = "Where to listen; 0.0.0.0:8080 for every address of this machine", DefaultValueFactory = _ => "127.0.0.1:8080", HelpName = "ADDRESS:PORT" };
        var config = new Option<string?>("--config", "-c") { Description = "A configuration with the sections serve (scenarios, rules), http (limits) and events (types of one's own); it may be the one that the model is trained by", HelpName = "sundry.yaml" };
        var set = new Option<string[]>("--set") { Description = "Overrides a setting of it, such as --set http.concurrent=64", HelpName = "path=value", Arity = ArgumentArity.OneOrMore };
        var vectors = new Option<string?>("--vectors") { Description = "What items are retrieved by: factors, as 'sundry recommend lists --keep FILE' writes them, or 'model', the model's own embeddings of items", HelpName = "FILE|model" };
        var open = new Option<bool>("--open") { Description = "Serve without keys, to this machine alone" };
        var log = new Option<bool>("--log") { Description = "Write a JSON document a request to stderr" };
        var json = ConfigSource.JsonOption();
        var verb = new Command("serve", "Answer over HTTP: events in, recommendations out, the next answer already knowing the last event") { model };
        foreach (Option option in new Option[] { store, listen, config, set, vectors, open, log, json }) verb.Options.Add(option);
        verb.SetAction(command =>
        {
            var overrides = ConfigSource.Parse(command.GetValue(set) ?? []);
            var file = command.GetValue(config) is { } path ? ConfigReader.ReadFile<ServeFile, SundryOptions>(path, overrides)
                : overrides.Count > 0 ? ConfigReader.Read<ServeFile>("{}", "--set", overrides)
                : new ServeFile();
            // as all paths of a configuration, from its folder on
            if (command.GetValue(config) is { } own) file = file with { Serve = file.Serve.In(Path.GetDirectoryName(Path.GetFullPath(own))!) };
            // what a server needs is loaded when one is started, not by other verbs
            return ServeRun.Run(new ServeSettings(
                command.GetValue(model), command.GetValue(store)!, ListenAddress.Parse(command.GetValue(listen)!), file with { Http = file.Http with { Open = file.Http.Open || command.GetValue(open) } },
                command.GetValue(vectors), command.GetValue(log), command.GetValue(json)));
        });
        return verb;
    }
}
