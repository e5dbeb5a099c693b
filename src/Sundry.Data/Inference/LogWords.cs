namespace Sundry.Data;

/// <summary>What columns and types of events are often called in shops' logs.</summary>
internal static class LogWords
{
    private static readonly (string Ours, string[] Theirs)[] s_columns =
    [
        ("type", ["type", "event", "eventtype", "eventname", "action", "actiontype", "behavior", "behaviour", "behaviortype", "activity", "interaction", "interactiontype"]),
        ("time", ["time", "timestamp", "ts", "datetime", "date", "eventtime", "eventdate", "eventtimestamp", "createdat", "at", "when", "unixtime"]),
        ("user", ["user", "userid", "uid", "visitor", "visitorid", "customer", "customerid", "client", "clientid", "member", "memberid", "shopper", "shopperid", "who"]),
        ("session", ["session", "sessionid", "visit", "visitid", "usersession"]),
        ("item", ["item", "itemid", "iid", "product", "productid", "sku", "article", "articleid", "asin", "movie", "movieid", "goods", "goodsid", "what"]),
        ("id", ["id", "eventid"]),
        ("quantity", ["quantity", "qty", "pieces"]),
        ("price", ["price", "unitprice", "itemprice"]),
        ("value", ["value", "rating", "stars", "seconds", "duration"]),
        ("position", ["position", "pos", "slot"]),
        ("scenario", ["scenario", "placement"]),
        ("recommendation", ["recommendation", "requestid"]),
        ("text", ["text", "query", "reviewtext"]),
    ];

    private static readonly (string Ours, string[] Theirs)[] s_types =
    [
        ("impression", ["impression", "impressions", "show", "shown", "display", "exposure", "imp"]),
        ("view", ["view", "views", "viewed", "pv", "pageview", "productview", "viewitem", "productviewed", "detail", "viewproduct"]),
        ("click", ["click", "clicks", "clicked", "clk"]),
        ("cart", ["cart", "addtocart", "atc", "basket", "addtobasket", "carted"]),
        ("remove", ["remove", "removefromcart", "removefrombasket"]),
        ("purchase", ["purchase", "purchases", "purchased", "buy", "bought", "transaction", "order", "sold", "sale", "checkout"]),
        ("return", ["return", "returned", "refund"]),
        ("rating", ["rating", "rate", "rated"]),
        ("review", ["review", "reviewed"]),
        ("search", ["search", "searched"]),
        ("dwell", ["dwell"]),
    ];

    /// <summary>For each of our columns that a table has, the table's name of it.</summary>
    public static OrderedDictionary<string, string> Columns(IReadOnlyList<string> header)
    {
        var found = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (ours, theirs) in s_columns)
        {
            // the first of our words that is there: a column 'event' beside one called 'type' is another matter
            foreach (var word in theirs)
            {
                if (header.FirstOrDefault(name => Plain(name) == word && !found.ContainsValue(name)) is not { } column) continue;
                found[ours] = column;
                break;
            }
        }

        return found;
    }

    /// <summary>The type that a word means, or null.</summary>
    public static string? Type(string word)
    {
        var plain = Plain(word);
        return Array.Find(s_types, type => type.Theirs.Contains(plain)).Ours;
    }

    // in small letters, without signs: Add_To_Cart is addtocart
    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
