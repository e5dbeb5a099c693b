namespace Sundry.Data;

/// <summary>Of what a counter counts the events.</summary>
public enum CounterOf
{
    /// <summary>Of the row's user.</summary>
    User,

    /// <summary>Of the row's item.</summary>
    Item,

    /// <summary>Of the category of the row's item: its text in the catalogue's column <c>category</c>.</summary>
    Category,

    /// <summary>Of the row's user with the row's item.</summary>
    UserItem,

    /// <summary>Of the row's user with the category of the row's item.</summary>
    UserCategory,

    /// <summary>Of the whole shop.</summary>
    Shop,
}
