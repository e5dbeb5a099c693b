using Sundry.Data;
using Sundry.Training;

namespace Sundry.Serving;

/// <summary>What users had to do with before a moment, as recommenders want it: what they looked at and what they bought.</summary>
public sealed class PastOfUsers
{
    private const float CartWeight = 3;
    private const float PurchaseWeight = 5;

    private PastOfUsers(EventLog log, long until)
    {
        // what comes nearest to interest: a click, else a view, else whatever names users and items most
        var counts = new long[EventTypes.Most];
        Each(log, long.MinValue, until, e => counts[e.Type]++);
        Looked = counts[EventTypes.Click] > 0 ? EventTypes.Click : counts[EventTypes.View] > 0 ? EventTypes.View : MostFrequent(counts);
        HasPurchases = counts[EventTypes.Purchase] > 0 && Looked != EventTypes.Purchase;
        if (counts[Looked] == 0) throw new InputException($"the log has no event before {LogTime.Text(until)} that names a user and an item and is more than an impression; give a log with clicks, views, ratings or purchases");
        var (all, looks, purchases) = (new InteractionBuilder(log.Users, log.Items), new InteractionBuilder(log.Users, log.Items), new InteractionBuilder(log.Users, log.Items));
        Each(log, long.MinValue, until, e =>
        {
            var weight = Weight(e.Type);
            if (weight > 0) all.Add(e.User, e.Item, weight, e.Time);
            if (e.Type == Looked) looks.Add(e.User, e.Item, 1, e.Time);
            if (HasPurchases && e.Type == EventTypes.Purchase) purchases.Add(e.User, e.Item, 1, e.Time);
        });
        All = all.Build(log.ItemColumns, log.UserColumns);
        Looks = looks.Build([], []);
        Purchases = purchases.Build([], []);
        Words = Verb(log.Types.Names[Looked]);
    }

    /// <summary>The type of event that says that a user looked at an item.</summary>
    public byte Looked { get; }

    /// <summary>How a sentence says that type: clicked, viewed, bought, rated.</summary>
    public string Words { get; }

    /// <summary>Whether there are purchases beside what was looked at.</summary>
    public bool HasPurchases { get; }

    /// <summary>Looks, carts and purchases, weighed 1, 3 and 5.</summary>
    public Interactions All { get; }

    /// <summary>Looks alone.</summary>
    public Interactions Looks { get; }

    /// <summary>Purchases alone.</summary>
    public Interactions Purchases { get; }

    /// <summary>The past of a log before a moment.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static PastOfUsers Of(EventLog log, long until) => new(log, until);

    /// <summary>What happened from a moment on, of those types that count as interest, with the same users and items: what lists made at that moment are judged by.</summary>
    /// <param name="log">The log.</param>
    /// <param name="from">The moment.</param>
    /// <param name="unseen">Whether what a user had to do with before is left out, since it is in no list.</param>
    /// <exception cref="InputException">Nothing happened.</exception>
    public Interactions After(EventLog log, long from, bool unseen)
    {
        var builder = new InteractionBuilder(log.Users, log.Items);
        Each(log, from, long.MaxValue, e =>
        {
            if (Weight(e.Type) > 0 && !(unseen && All.ItemsOf(e.User).BinarySearch(e.Item) >= 0)) builder.Add(e.User, e.Item, Weight(e.Type), e.Time);
        });
        return builder.Count > 0 ? builder.Build(log.ItemColumns, log.UserColumns) : throw new InputException($"nothing happened in the log from {LogTime.Text(from)} on that lists could be judged by; name an earlier moment with --after, or a later log with -c");
    }

    private float Weight(byte type) => type == Looked ? 1 : type == EventTypes.Cart ? CartWeight : type == EventTypes.Purchase ? PurchaseWeight : 0;

    // impressions, searches and what takes something back are no interest
    private static byte MostFrequent(long[] counts) =>
        (byte)Enumerable.Range(0, counts.Length).Where(type => type is not (EventTypes.Impression or EventTypes.Search or EventTypes.Remove or EventTypes.Return)).MaxBy(type => counts[type]);

    private static string Verb(string type) => type switch
    {
        "click" => "clicked",
        "view" => "viewed",
        "purchase" => "bought",
        "rating" => "rated",
        "review" => "reviewed",
        "cart" => "put into the cart",
        _ => "chosen",
    };

    private static void Each(EventLog log, long from, long until, Action<ShopEvent> take)
    {
        var events = new ShopEvent[4096];
        for (int start = 0, count; (count = log.Read(start, events)) > 0; start += count)
            foreach (var e in events.AsSpan(0, count))
                if (e.User >= 0 && e.Item >= 0 && e.Time >= from && e.Time < until) take(e);
    }
}
