using Sundry.Serving;
using System.CommandLine;
using Sundry.Data;

namespace Sundry.Cli;

/// <summary><c>sundry store forget</c>: deletes everything of a user.</summary>
internal static class StoreForgetVerb
{
    public static Command Create()
    {
        var user = new Argument<string>("USER") { Description = "The user's id" };
        var place = StoreVerb.Place();
        var verb = new Command("forget", "Delete everything of a user, and compact the store so that no byte of it stays") { user, place };
        verb.SetAction(command =>
        {
            using var store = ShopStore.OpenExisting(command.GetValue(place)!);
            if (!store.Forget(command.GetValue(user)!, Exit.Stop).GetAwaiter().GetResult())
                throw new InputException($"nothing is known of the user '{command.GetValue(user)}'; look at the id", store.Place);
            store.Compact(Exit.Stop).GetAwaiter().GetResult();
            Terminal.Say($"{store.Place}: everything of the user is deleted");
            return Exit.Done;
        });
        return verb;
    }
}
