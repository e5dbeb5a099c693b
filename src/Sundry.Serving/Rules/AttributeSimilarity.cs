using System.Collections.Concurrent;

namespace Sundry.Serving;

/// <summary>Items are alike in the share of these attributes in which they have the same value; one that is missing from both is no likeness.</summary>
public sealed class AttributeSimilarity(ItemShelf shelf, RuleNames names, params IReadOnlyList<string> attributes) : IItemSimilarity
{
    private readonly int[] _places = [.. attributes.Select(names.Item.FindOrAdd)];
    private readonly ConcurrentBag<Likeness> _free = [];

    /// <inheritdoc/>
    public IItemLikeness Among(ReadOnlySpan<int> items)
    {
        var likeness = _free.TryTake(out var free) ? free : new Likeness(_places, _free);
        likeness.Look(shelf, items);
        return likeness;
    }

    private sealed class Likeness(int[] attributes, ConcurrentBag<Likeness> free) : IItemLikeness
    {
        // [items × attributes]
        private string[] _values = [];

        public double this[int one, int other]
        {
            get
            {
                var a = Of(one);
                var b = Of(other);
                var same = 0;
                for (var i = 0; i < a.Length; i++)
                    if (a[i].Length > 0 && a[i] == b[i]) same++;
                return a.Length == 0 ? 0 : (double)same / a.Length;
            }
        }

        public void Raise(ReadOnlySpan<int> places, int other, Span<double> nearest)
        {
            foreach (var place in places) nearest[place] = Math.Max(nearest[place], this[place, other]);
        }

        public void Look(ItemShelf shelf, ReadOnlySpan<int> items)
        {
            if (_values.Length < items.Length * attributes.Length) _values = new string[items.Length * attributes.Length];
            var at = 0;
            foreach (var item in items)
            {
                var facts = shelf[item]?.Facts ?? Facts.None;
                foreach (var attribute in attributes) _values[at++] = facts[attribute].Text;
            }
        }

        public void Dispose() => free.Add(this);

        private ReadOnlySpan<string> Of(int place) => _values.AsSpan(place * attributes.Length, attributes.Length);
    }
}
