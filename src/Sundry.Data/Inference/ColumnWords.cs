namespace Sundry.Data;

/// <summary>What a column's name says of its values. Names are taken apart at signs and where a capital follows a small letter: <c>userId</c>, <c>Clothing ID</c>, <c>wage_per_hour</c>.</summary>
internal static class ColumnWords
{
    private static readonly HashSet<string> s_codes = ["id", "ids", "uid", "iid", "sid", "pid", "uuid", "guid", "code", "codes", "type", "category", "categories", "cat", "kind", "group", "segment", "cluster", "bucket", "bin", "band", "class", "flag", "status"];

    private static readonly HashSet<string> s_counts = ["count", "counts", "cnt", "num", "n", "quantity", "qty"];

    // codes, unless another word speaks of an amount: item_price
    private static readonly HashSet<string> s_owned =
    [
        "zip", "zipcode", "postal", "postcode", "region", "state", "country", "city", "store", "shop", "sku", "upc", "ean", "isbn", "invoice", "basket", "session", "account", "item", "product", "user", "customer", "visitor", "household", "seller", "merchant", "vendor", "brand", "channel", "campaign", "version",
        "department", "dept", "division", "aisle", "movie", "artist", "track", "song", "book", "device", "browser", "os", "ip", "phone", "slot", "page", "weekday", "month", "gender", "sex", "occupation", "veterans",
    ];

    private static readonly HashSet<string> s_keys = ["id", "uid", "uuid", "guid", "index", "idx", "key", "row", "rownum", "rownumber", "unnamed", "number", "no", "nr"];

    private static readonly HashSet<string> s_amounts =
    [
        "age", "ages", "amount", "amt", "price", "prices", "cost", "costs", "weeks", "days", "hours", "minutes", "seconds", "months", "years", "total", "sum", "income", "salary", "wage", "wages",
        "gain", "gains", "loss", "losses", "dividend", "dividends", "rate", "score", "size", "length", "width", "height", "weight", "balance", "duration", "distance", "percent", "pct", "ratio", "avg", "average", "mean", "median",
        "std", "min", "max", "revenue", "sales", "discount", "tenure", "visits", "clicks", "views", "orders", "purchases", "employees", "persons", "children", "position", "rank", "temperature", "speed", "spend", "spent", "recency", "frequency",
        "history", "elapsed", "since", "hour", "votes",
    ];

    private static readonly HashSet<string> s_times = ["time", "times", "timestamp", "ts", "date", "dates", "datetime", "day", "created", "updated", "at", "when", "dt"];

    private static readonly HashSet<string> s_otherTimes = ["birth", "birthday", "birthdate", "dob", "expiry", "expires", "expiration", "end", "until", "release", "released", "founded"];

    private static readonly string[] s_owners = ["user", "item", "product", "customer", "movie", "session", "store", "order", "shop", "seller", "visitor", "client", "account", "member", "book", "artist", "track", "song", "video", "campaign", "query", "device", "category", "brand", "invoice", "basket"];

    /// <summary>The words of a name, in small letters.</summary>
    public static IReadOnlyList<string> Of(string name)
    {
        var words = new List<string>();
        int start = 0;
        for (int i = 0; i <= name.Length; i++)
        {
            bool sign = i == name.Length || !char.IsLetterOrDigit(name[i]);
            bool hump = !sign && i > start && char.IsUpper(name[i]) && char.IsLower(name[i - 1]);
            if (!sign && !hump) continue;
            if (i > start) words.Add(name[start..i].ToLowerInvariant());
            start = sign ? i + 1 : i;
        }

        return words;
    }

    /// <summary>Whether the name is that of codes and identifiers (true), or of something measured or counted (false); null where it says neither.</summary>
    public static bool? IsCode(string name)
    {
        var words = Of(name);
        if (words.Any(s_counts.Contains)) return false;
        if (words.Any(word => s_codes.Contains(word) || EndsInId(word))) return true;
        if (words.Any(s_amounts.Contains)) return false;
        return words.Any(s_owned.Contains) ? true : null;
    }

    /// <summary>Whether the name is that of a row's key.</summary>
    public static bool IsKey(string name) => name.Length == 0 || Of(name).Any(word => s_keys.Contains(word) || EndsInId(word));

    /// <summary>Whether the name is that of a point in time.</summary>
    public static bool IsTime(string name) => Of(name).Any(word => s_times.Contains(word) || word.EndsWith("time", StringComparison.Ordinal) || word.EndsWith("date", StringComparison.Ordinal));

    /// <summary>Whether the name is that of a time that says nothing of when the row happened: a birthday.</summary>
    public static bool IsOtherTime(string name) => Of(name).Any(s_otherTimes.Contains);

    /// <summary>Whether the name is that of a row's weight.</summary>
    public static bool IsRowWeight(string name) =>
        string.Join('_', Of(name)) is "instance_weight" or "sample_weight" or "row_weight" or "example_weight" or "case_weight" or "survey_weight" or "fnlwgt";

    private static bool EndsInId(string word) => word.EndsWith("id", StringComparison.Ordinal) && s_owners.Any(owner => word.Length == owner.Length + 2 && word.StartsWith(owner, StringComparison.Ordinal));
}
