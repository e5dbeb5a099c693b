namespace Sundry.Serving;

/// <summary>Items are alike in the share of these attributes in which they have the same value; one that is missing from both is no likeness.</summary>
public sealed class AttributeSimilarity(ItemShelf shelf, RuleNames names, params IReadOnlyList<string> attributes) : IItemSimilarity
{
    private readonly int[] _places = [.. attributes.Select(names.Item.FindOrAdd)];

    /// <inheritdoc/>
    public Func<int, int, double> Among(IReadOnlyList<int> items)
    {
        var values = new string[items.Count * _places.Length];
        for (var i = 0; i < items.Count; i++)
            for (var p = 0; p < _places.Length; p++)
                values[i * _places.Length + p] = shelf[items[i]]?.Facts[_places[p]].Text ?? "";
        return (a, b) =>
        {
            var same = 0;
            for (var p = 0; p < _places.Length; p++)
                if (values[a * _places.Length + p] is { Length: > 0 } value && value == values[b * _places.Length + p]) same++;
            return _places.Length == 0 ? 0 : (double)same / _places.Length;
        };
    }
}
