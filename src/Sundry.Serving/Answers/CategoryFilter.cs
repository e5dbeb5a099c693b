namespace Sundry.Serving;

/// <summary>Whether an item is in a category, or in one below it.</summary>
internal sealed class CategoryFilter(string category, IReadOnlyDictionary<string, string> parents, int attribute)
{
    // a tree that bites its tail has no end
    private const int Deepest = 32;

    public bool Holds(Facts item)
    {
        var own = item[attribute];
        if (own.Parts is null) return IsBelow(own.Text);
        foreach (var part in own.Parts)
            if (IsBelow(part.Text)) return true;
        return false;
    }

    private bool IsBelow(string name)
    {
        for (var depth = 0; depth < Deepest; depth++)
        {
            if (name == category) return true;
            if (!parents.TryGetValue(name, out var above)) return false;
            name = above;
        }

        return false;
    }
}
