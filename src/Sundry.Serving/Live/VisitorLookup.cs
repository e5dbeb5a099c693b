using System.Text.Json;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>Finds what is known of a visitor: in memory, else in the store.</summary>
internal static class VisitorLookup
{
    /// <summary>Looks; nothing changes meanwhile.</summary>
    public static Visitor Of(ShopStore store, ShopMemory memory, RuleNames names, LiveOptions options, string? user, string? session)
    {
        var number = user is null ? -1 : memory.User(user);
        var own = number < 0 ? null : Past(memory, VisitorCache.OfUser(number), options, () => store.Events.LastOfUser(user!, options.VisitorEvents, memory.Applied, default));
        var visit = session is null ? null : OfVisit(store, memory, options, session);
        if (own is null && visit is null) return Visitor.Nobody;
        var facts = own is null ? Facts.None : own.Facts ??= FactsOf(store, names, user!);
        if (own is null) return visit!.Made ??= VisitorPast.Make(visit.Entries(), -1, facts);
        if (visit is null or { IsEmpty: true }) return own.Made ??= VisitorPast.Make(own.Entries(), number, facts);
        return VisitorPast.Make(own.Entries().Concat(visit.Entries()).OrderBy(e => e.Position), number, facts);
    }

    private static VisitorPast OfVisit(ShopStore store, ShopMemory memory, LiveOptions options, string session)
    {
        Task<List<LiveEvent>> Read() => store.Events.LastOfVisit(session, options.VisitorEvents, memory.Applied, default);
        // one that has no number any more is not told of what comes, and is read each time
        return memory.Visit(session) is >= 0 and var visit ? Past(memory, VisitorCache.OfVisit(visit), options, Read) : Filled(memory, options, Read);
    }

    private static VisitorPast Past(ShopMemory memory, long key, LiveOptions options, Func<Task<List<LiveEvent>>> read) =>
        memory.Visitors.Find(key) ?? memory.Visitors.Keep(key, Filled(memory, options, read));

    private static VisitorPast Filled(ShopMemory memory, LiveOptions options, Func<Task<List<LiveEvent>>> read)
    {
        var past = new VisitorPast(options.VisitorEvents);
        var events = read().GetAwaiter().GetResult();
        for (var i = events.Count - 1; i >= 0; i--)
        {
            var (item, type) = (memory.Item(events[i].Item!), memory.Known.Types.Find(events[i].Type));
            if (item >= 0 && type >= 0) past.Add(events[i].Position, new ShopEvent { Item = item, Type = (byte)type, Time = events[i].Time });
        }

        return past;
    }

    private static Facts FactsOf(ShopStore store, RuleNames names, string user)
    {
        if (store.Users.Get(user).GetAwaiter().GetResult()?.Attributes is not { } attributes) return Facts.None;
        using var json = JsonDocument.Parse(attributes);
        var texts = new List<KeyValuePair<string, string>>();
        foreach (var property in json.RootElement.EnumerateObject())
            if (AttributeText.Fact(property.Value) is { Length: > 0 } text) texts.Add(new(property.Name, text));
        return Facts.Of(names.User, texts);
    }
}
