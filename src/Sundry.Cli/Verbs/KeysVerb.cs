using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Sundry.Data;
using Sundry.Serving;

namespace Sundry.Cli;

/// <summary><c>sundry keys</c>: who may ask a server, changed in its store.</summary>
internal static class KeysVerb
{
    public static Command Create() => new("keys", "List, make and revoke keys to a server, in its store") { List(), New(), Revoke() };

    private static Command List()
    {
        var (store, json) = (ServeVerb.StoreOption(), ConfigSource.JsonOption());
        var verb = new Command("list", "List keys, without their secrets") { store, json };
        verb.SetAction(command =>
        {
            using var opened = ShopStore.OpenExisting(command.GetValue(store)!);
            var keys = opened.Keys.List(Exit.Stop).GetAwaiter().GetResult();
            if (command.GetValue(json))
            {
                Terminal.Json(new { Keys = keys.Select(k => new { k.Id, k.Name, Scopes = KeyScopeNames.Of(k.Scopes), k.Created, k.Revoked }) });
                return Exit.Done;
            }

            var table = new Table().Border(TableBorder.Rounded).AddColumns("id", "name", "opens", "made", "revoked");
            foreach (var key in keys) table.AddRow(Markup.Escape(key.Id), Markup.Escape(key.Name), KeyScopeNames.Text(key.Scopes), Day(key.Created), key.Revoked is { } revoked ? Day(revoked) : "");
            Terminal.People.Write(table);
            return Exit.Done;
        });
        return verb;
    }

    private static Command New()
    {
        var name = new Argument<string>("name") { Description = "What people call the key" };
        var scopes = new Option<string>("--scopes") { Description = "What it opens: ingest, read, admin", DefaultValueFactory = _ => "ingest,read", HelpName = "SCOPE,…" };
        var (store, json) = (ServeVerb.StoreOption(), ConfigSource.JsonOption());
        var verb = new Command("new", "Make a key; its text goes to stdout, this once") { name, scopes, store, json };
        verb.SetAction(command =>
        {
            var wanted = KeyScopes.None;
            foreach (var word in command.GetValue(scopes)!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) wanted |= Scope(word);
            using var opened = ShopStore.Open(command.GetValue(store)!);
            var (key, text) = opened.Keys.Create(command.GetValue(name)!, wanted, Exit.Stop).GetAwaiter().GetResult();
            if (command.GetValue(json)) Terminal.Json(new { key.Id, key.Name, Scopes = KeyScopeNames.Of(key.Scopes), key.Created, Key = text });
            else Console.Out.WriteLine(text);
            return Exit.Done;
        });
        return verb;
    }

    private static Command Revoke()
    {
        var id = new Argument<string>("id") { Description = "The key's id, as 'sundry keys list' shows it" };
        var store = ServeVerb.StoreOption();
        var verb = new Command("revoke", "Make a key open nothing; servers notice within a second") { id, store };
        verb.SetAction(command =>
        {
            using var opened = ShopStore.OpenExisting(command.GetValue(store)!);
            var text = command.GetValue(id)!;
            if (!opened.Keys.Revoke(text, Exit.Stop).GetAwaiter().GetResult())
                throw new InputException(text.StartsWith("sundry_", StringComparison.Ordinal) ? "that is a key's whole text; name its id, the part between the two underscores" : $"no key of the id '{text}' opens anything; see 'sundry keys list'");
            Terminal.Say($"the key {text} opens nothing any more");
            return Exit.Done;
        });
        return verb;
    }

    private static KeyScopes Scope(string word) => KeyScopeNames.Each.FirstOrDefault(s => KeyScopeNames.Text(s) == word) is not KeyScopes.None and var scope ? scope
        : throw new InputException($"--scopes has no '{word}'{NearestName.Ask(word, KeyScopeNames.Of(KeyScopeNames.All))} (they are ingest, read, admin)");

    private static string Day(long time) => DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
