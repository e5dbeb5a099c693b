using Sundry.Data;

namespace Sundry.Serving;

/// <summary>Makes a shop's memory from nothing but its store.</summary>
internal static class LiveRebuild
{
    /// <summary>Reads the store from its beginning to its present end.</summary>
    /// <param name="store">The store.</param>
    /// <param name="encoder">The encoder whose counters and histories are kept; null without a model.</param>
    /// <param name="options">How.</param>
    /// <param name="names">The names of attributes.</param>
    /// <param name="descriptions">Items and users.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The memory, and the position up to which marks of forgotten users tell it nothing.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be read just now.</exception>
    public static async Task<(ShopMemory Memory, long ForgottenUpTo)> Run(ShopStore store, Encoder? encoder, LiveOptions options, RuleNames names, Descriptions descriptions, CancellationToken cancel)
    {
        var memory = new ShopMemory(encoder, options, names);
        // all descriptions first: an event counts under the category that its item has now; and whoever was forgotten before they were read is in nothing that is read
        var target = await descriptions.Tell(memory);
        if (memory.WantsFriends)
        {
            foreach (var row in await StoreRound.Changed(store.Friends, 0, cancel)) memory.Befriend(row);
            memory.FriendsRead = target;
        }

        var next = Page(0);
        while (true)
        {
            var events = await next;
            if (events.Count == options.PageSize) next = Page(events[^1].Position);
            var round = await StoreRound.Read(store, memory, target, target, events, options.PageSize, cancel);
            round.ApplyTo(memory, store.Mark, gate: null, int.MaxValue);
            if (round.IsLast) return (memory, target);
        }

        // the next page is read while one is applied
        Task<List<LiveEvent>> Page(long after) => Task.Run(() => store.Events.LiveAfter(after, options.PageSize, cancel), cancel);
    }
}
