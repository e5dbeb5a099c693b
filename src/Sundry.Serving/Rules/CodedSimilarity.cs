using System.Collections.Concurrent;

namespace Sundry.Serving;

/// <summary>As <see cref="AttributeSimilarity"/>, by the codes of the values.</summary>
internal sealed class CodedSimilarity(ItemCodes codes, RuleNames names, IReadOnlyList<string> attributes) : IItemSimilarity
{
    private readonly ItemCodes.Column[] _columns = [.. attributes.Select(a => codes.Of(names.Item.FindOrAdd(a)))];
    private readonly ConcurrentBag<Likeness> _free = [];

    /// <inheritdoc/>
    public IItemLikeness Among(ReadOnlySpan<int> items)
    {
        var likeness = _free.TryTake(out var free) ? free : new Likeness(_columns, _free);
        likeness.Look(items);
        return likeness;
    }

    private sealed class Likeness(ItemCodes.Column[] columns, ConcurrentBag<Likeness> free) : IItemLikeness
    {
        // [attributes × items]
        private int[] _codes = [];
        private int _count;

        public double this[int one, int other]
        {
            get
            {
                var same = 0;
                for (var c = 0; c < columns.Length; c++)
                    if (_codes[c * _count + one] is > 0 and var code && code == _codes[c * _count + other]) same++;
                return columns.Length == 0 ? 0 : (double)same / columns.Length;
            }
        }

        public void Raise(ReadOnlySpan<int> places, int other, Span<double> nearest)
        {
            foreach (var place in places) nearest[place] = Math.Max(nearest[place], this[place, other]);
        }

        public void Look(ReadOnlySpan<int> items)
        {
            _count = items.Length;
            if (_codes.Length < columns.Length * _count) _codes = new int[columns.Length * _count];
            for (var c = 0; c < columns.Length; c++)
            {
                var of = columns[c].Codes;
                var into = _codes.AsSpan(c * _count, _count);
                for (var i = 0; i < into.Length; i++) into[i] = (uint)items[i] < (uint)of.Length ? of[items[i]] : 0;
            }
        }

        public void Dispose() => free.Add(this);
    }
}
