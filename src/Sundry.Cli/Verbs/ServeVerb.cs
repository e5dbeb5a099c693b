using System.CommandLine;
using Sundry.Data;
using Sundry.Training;
using Sundry.Serving;

namespace Sundry.Cli;

/// <summary><c>sundry serve</c>: a shop's recommendations, live.</summary>
internal static class ServeVerb
{
    public static Command Create()
    {
        var model = new Argument<string?>("MODEL") { Description = "The model's folder; without one, answers are what is popular and visited together", Arity = ArgumentArity.ZeroOrOne };
        var store = new Option<string>("--store") { Description = "The store: a file, made where there is none, or postgres://…", DefaultValueFactory = _ => "shop.db", HelpName = "PLACE" };
        var listen = new Option<string>("--listen") { Description = "Where to listen", DefaultValueFactory = _ => "127.0.0.1:8080", HelpName = "ADDRESS" };
        var config = new Option<string?>("--config", "-c") { Description = "A configuration whose section 'serve' has scenarios and rules", HelpName = "sundry.yaml" };
        var vectors = new Option<string?>("--vectors") { Description = "A recommender of factors that 'sundry recommend lists --keep FILE' kept, to find candidates by", HelpName = "FILE" };
        var open = new Option<bool>("--open") { Description = "Ask nobody for a key; on this machine alone" };
        var types = new Option<string[]>("--event-type") { Description = "A type of events of the shop's own, beside those that every shop has; may be repeated", HelpName = "NAME" };
        var rate = NumberOption.Of("--rate-limit", "The most requests a second of one key", new HttpLimits().RequestsPerSecond);
        var json = ConfigSource.JsonOption();
        var verb = new Command("serve", "Serve a shop's recommendations over HTTP: events in, recommendations out") { model, store, listen, config, vectors, open, types, rate, json };
        verb.SetAction(async (command, _) =>
        {
            var place = command.GetValue(store)!;
            var options = new HostOptions
            {
                Listen = HostOptions.Address(command.GetValue(listen)!),
                Log = new JsonLines(Console.Error, TimeProvider.System),
                Shop = new EmbeddedShop
                {
                    Store = place,
                    Model = command.GetValue(model),
                    StoreOptions = new StoreOptions { Rules = new EventRules { OwnTypes = command.GetValue(types) ?? [] } },
                    Serve = new ServeOptions
                    {
                        Vectors = command.GetValue(vectors),
                        Defaults = command.GetValue(config) is { } file ? ConfigReader.ReadSection<SundryOptions, ServeSection>(file, "serve", []) : new(),
                    },
                    Limits = new HttpLimits { Open = command.GetValue(open), RequestsPerSecond = NumberOption.Within<int>("--rate-limit", command.GetValue(rate), 1, 1_000_000)!.Value },
                },
            };
            Terminal.Say($"opening {(place.Contains("://", StringComparison.Ordinal) ? "the store" : place)} …");
            await using var host = await ShopHost.Start(options, Exit.Stop);
            Say(host, command.GetValue(json));
            await host.Run(Exit.Stop);
            Terminal.Say("stopped; everything that was acknowledged is in the store");
            return Exit.Done;
        });
        return verb;
    }

    private static void Say(ShopHost host, bool json)
    {
        if (host.FirstKey is { } key) Terminal.Say($"a key with all scopes, shown this once: {key}");
        if (json) Terminal.Json(new { listening = host.Addresses, model = host.Shop.Model?.Id, position = host.Shop.Live.Position });
        Terminal.Say($"listening on {string.Join(", ", host.Addresses)}; {(host.Shop.Model is { } model ? $"model {model.Id}" : "no model")}; stop with Ctrl-C");
    }
}
