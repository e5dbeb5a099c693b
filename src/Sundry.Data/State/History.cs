namespace Sundry.Data;

/// <summary>The newest events of a user as sequences of equal length: the items, and beside them what is said of each.</summary>
/// <param name="Name">The feature's name; the items' sequence is called so, the others by it, a colon and their name.</param>
/// <param name="Events">The types of the events.</param>
/// <param name="Length">The most events that a row sees, the newest ones.</param>
/// <param name="Beside">Columns of the catalogue, <c>event</c> (the type) and <c>age</c> (the time since the event).</param>
public sealed record History(string Name, IReadOnlyList<string> Events, int Length, IReadOnlyList<string> Beside)
{
    /// <summary>The word for an event's type in <see cref="Beside"/>.</summary>
    public const string Event = "event";

    /// <summary>The word for an event's age in <see cref="Beside"/>.</summary>
    public const string Age = "age";

    /// <summary>The history that a feature's options describe.</summary>
    internal static History From(string name, FeatureOptions options) => new(name, options.Events, options.Most, options.Beside);
}
