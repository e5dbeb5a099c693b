using Sundry.Serving;
using System.CommandLine;

namespace Sundry.Cli;

/// <summary><c>sundry store compact</c>: gives the space of what was deleted back.</summary>
internal static class StoreCompactVerb
{
    public static Command Create()
    {
        var place = StoreVerb.Place();
        var verb = new Command("compact", "Delete answers that have expired, and give the space of what was deleted back") { place };
        verb.SetAction(command =>
        {
            using var store = ShopStore.OpenExisting(command.GetValue(place)!);
            var expired = store.Expire(Exit.Stop).GetAwaiter().GetResult();
            store.Compact(Exit.Stop).GetAwaiter().GetResult();
            Terminal.Say($"{store.Place}: {expired:N0} expired answers deleted; compact");
            return Exit.Done;
        });
        return verb;
    }
}
