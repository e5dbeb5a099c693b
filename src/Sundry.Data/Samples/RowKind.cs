namespace Sundry.Data;

/// <summary>What the rows of a source are: events of a type, periods of users, or days of items.</summary>
/// <param name="Type">The type of the events; -1 for periods.</param>
/// <param name="Users">Whether rows have a user.</param>
/// <param name="Items">Whether rows have an item.</param>
internal readonly record struct RowKind(int Type, bool Users, bool Items)
{
    /// <summary>The words of kinds that are not the name of a type.</summary>
    public static readonly string[] Words = ["impressions", "views", "users", "item_days", "reviews"];

    /// <summary>Whether rows are periods rather than events.</summary>
    public bool IsPeriod => Type < 0;

    /// <summary>The kind that a word of the configuration means.</summary>
    /// <exception cref="InputException">It means none.</exception>
    public static RowKind Of(string word, string key, EventTypes types)
    {
        int type = word switch
        {
            "users" or "item_days" => -1,
            "impressions" => EventTypes.Impression,
            "views" => EventTypes.View,
            "reviews" => EventTypes.Review,
            _ => types.Find(word),
        };
        if (type < 0 && word is not ("users" or "item_days"))
            throw new InputException($"{key} is '{word}', which is neither a kind of rows nor a type of event in the log{NearestName.Ask(word, [.. Words, .. types.Names])} (kinds are {string.Join(", ", Words)})");
        return new RowKind(type, word != "item_days", word != "users");
    }
}
