using System.CommandLine;
using Sundry.Simulator;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary><c>sundry simulate log</c>: a whole shop's event log, from impressions to returns and reviews.</summary>
internal static class SimulateLogVerb
{
    public static Command Create()
    {
        var usual = new ShopLogOptions();
        var output = new Option<string>("--out", "-o") { Description = "The folder to write", DefaultValueFactory = _ => "log", HelpName = "DIR" };
        var events = new Option<long>("--events") { Description = "Events to write", DefaultValueFactory = _ => usual.Events, HelpName = "N" };
        var users = NumberOption.Of("--users", "Customers that may visit", usual.Shop.Users);
        var items = NumberOption.Of("--items", "Products that may be shown", usual.Shop.Items);
        var days = NumberOption.Of("--days", "Days that the events fill, from 2025-03-03 on", usual.Shop.Days);
        var lines = new Option<bool>("--jsonl") { Description = "Write events.jsonl (JSON Lines) instead of events.csv" };
        var gzip = new Option<bool>("--gzip") { Description = "Compress the events" };
        var truth = new Option<bool>("--truth") { Description = "Write truth.csv: the probabilities that each impression's outcomes were drawn from" };
        var seed = NumberOption.Seed();
        var json = ConfigSource.JsonOption();
        var verb = new Command("log", "Write a shop's event log: impressions, clicks, views, carts, purchases, returns, ratings, reviews, searches; with catalogue, customers and friends");
        foreach (Option option in new Option[] { output, events, users, items, days, lines, gzip, truth, seed, json }) verb.Options.Add(option);
        verb.SetAction(command =>
        {
            var folder = command.GetValue(output)!;
            usual.Events = command.GetValue(events);
            usual.Shop.Users = command.GetValue(users);
            usual.Shop.Items = command.GetValue(items);
            usual.Shop.Days = command.GetValue(days);
            usual.Shop.Seed = NumberOption.Seed(command, seed);
            usual.JsonLines = command.GetValue(lines);
            usual.Gzip = command.GetValue(gzip);
            usual.Truth = command.GetValue(truth);
            using var display = new RunDisplay();
            var summary = LogFolder.Write(usual, folder, new Relay<ShopProgress>(display.Logging), Exit.Stop);
            display.Dispose();
            if (command.GetValue(json)) Terminal.Json(new { Folder = Path.GetFullPath(folder), File = LogFolder.Events(usual), summary.Events, summary.Types, summary.Sessions, summary.Users, summary.Items, summary.Friendships, summary.Last });
            else Terminal.Say($"{summary.Events:N0} events: {string.Join(", ", summary.Types.Select(t => $"{t.Value:N0} {t.Key}"))}");
            return Exit.Done;
        });
        return verb;
    }
}
