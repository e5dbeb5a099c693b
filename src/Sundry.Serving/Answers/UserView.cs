namespace Sundry.Serving;

/// <summary>What is known of a user, as an operator sees it.</summary>
public sealed record UserView
{
    /// <summary>The user's id.</summary>
    public required string Id { get; init; }

    /// <summary>What the shop says of the user, by attribute.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>The ids of the last items that the user had to do with, the newest first.</summary>
    public IReadOnlyList<string> Items { get; init; } = [];

    /// <summary>What the user bought and when last (Unix time in milliseconds), the newest first.</summary>
    public IReadOnlyList<BoughtItem> Bought { get; init; } = [];

    /// <summary>Categories of the last items with their shares, the greatest first.</summary>
    public IReadOnlyList<Interest> Interests { get; init; } = [];

    /// <summary>What the model says of the user, by task, where it has tasks about users, such as churn or value.</summary>
    public IReadOnlyDictionary<string, double> Tasks { get; init; } = new Dictionary<string, double>();

    /// <summary>The model that said so; null where none did.</summary>
    public string? Model { get; init; }
}

/// <summary>An item that a user bought.</summary>
/// <param name="Item">Its id.</param>
/// <param name="Time">When last: Unix time in milliseconds.</param>
public sealed record BoughtItem(string Item, long Time);

/// <summary>A category that a user looks at.</summary>
/// <param name="Category">Its name.</param>
/// <param name="Share">Its share of the last items.</param>
public sealed record Interest(string Category, double Share);
