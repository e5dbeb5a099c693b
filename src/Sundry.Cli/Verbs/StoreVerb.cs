using System.CommandLine;

namespace Sundry.Cli;

/// <summary><c>sundry store</c>: what can be done with a shop's store while no server is at it, or beside one.</summary>
internal static class StoreVerb
{
    public static Command Create() => new("store", "Look into a shop's store, fill it from a log, forget a user, compact it") { StoreShowVerb.Create(), StoreLoadVerb.Create(), StoreForgetVerb.Create(), StoreCompactVerb.Create() };

    /// <summary>Where the store is.</summary>
    public static Option<string> Place() => new("--store") { Description = "The store: a file or postgres://…", HelpName = "PLACE", Required = true };
}
