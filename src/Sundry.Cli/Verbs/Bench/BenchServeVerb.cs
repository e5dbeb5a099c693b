using System.CommandLine;
using Sundry.Data;
using Sundry.Serving;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary><c>sundry bench serve</c>: whether a server that is killed keeps what it acknowledged.</summary>
internal static class BenchServeVerb
{
    public static Command Create()
    {
        var kill = NumberOption.Of("--kill", "How often the server is killed, at random moments", 200);
        var store = new Option<string?>("--store") { Description = "The store: a new file, or postgres://… with a new schema. What is told stays there", HelpName = "PLACE" };
        var clients = NumberOption.Of("--clients", "Clients side by side", 4);
        var batch = NumberOption.Of("--batch", "Events of a batch", 20);
        var items = NumberOption.Of("--items", "Items of each client", 40);
        var users = NumberOption.Of("--users", "Users of whom all clients tell", 100);
        var ready = NumberOption.Of("--ready", "Within how many seconds of its start a server must be ready", 5);
        var seed = NumberOption.Of("--seed", "Seed of what clients do and of the moments", 1);
        var json = ConfigSource.JsonOption();
        var verb = new Command("serve", "Kill a server again and again under load, and see that nothing acknowledged is lost, doubled or half done, and that its state is what a rebuild comes to");
        foreach (Option option in new Option[] { kill, store, clients, batch, items, users, ready, seed, json }) verb.Options.Add(option);
        verb.SetAction(command =>
        {
            var options = new ServeSoakOptions
            {
                Store = command.GetValue(store) ?? throw new InputException("a soak of a server needs --store, the path of a new file or postgres://… with a new schema"),
                Cycles = command.GetValue(kill),
                Clients = command.GetValue(clients),
                Batch = command.GetValue(batch),
                Items = command.GetValue(items),
                Users = command.GetValue(users),
                ReadyWithin = TimeSpan.FromSeconds(command.GetValue(ready)),
                Seed = command.GetValue(seed),
            };
            var soak = ServeSoak.Run(options, BenchOptions.Self(), TimeProvider.System, new Relay<string>(Terminal.Say), Exit.Stop).GetAwaiter().GetResult();
            if (command.GetValue(json)) Terminal.Json(soak);
            else ServeSoakTable.Write(soak);
            return soak.IsWell ? Exit.Done : Exit.Failed;
        });
        return verb;
    }
}
