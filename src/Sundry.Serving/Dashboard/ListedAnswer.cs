namespace Sundry.Serving;

/// <summary>An answer with the names that people know its items by.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Names">The items' names by id; one that has none is called by its id.</param>
public sealed record ListedAnswer(Answer Answer, IReadOnlyDictionary<string, string> Names)
{
    /// <summary>What people call an item.</summary>
    public string Name(string item) => Names.GetValueOrDefault(item, item);
}
