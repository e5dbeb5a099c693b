using Sundry.Serving;
using System.CommandLine;

namespace Sundry.Cli;

/// <summary><c>sundry store show</c>: how much a store holds.</summary>
internal static class StoreShowVerb
{
    public static Command Create()
    {
        var place = StoreVerb.Place();
        var json = ConfigSource.JsonOption();
        var verb = new Command("show", "Say how much a store holds") { place, json };
        verb.SetAction(command =>
        {
            using var store = ShopStore.OpenExisting(command.GetValue(place)!);
            var counts = store.Counts(Exit.Stop).GetAwaiter().GetResult();
            if (command.GetValue(json)) Terminal.Json(counts);
            else Terminal.Say($"{store.Place}: {counts.Events:N0} events, {counts.Items:N0} items, {counts.Users:N0} users with attributes, {counts.Answers:N0} answers; last position {counts.Position:N0}");
            return Exit.Done;
        });
        return verb;
    }
}
