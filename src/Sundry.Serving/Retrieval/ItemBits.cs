namespace Sundry.Serving;

/// <summary>
/// A set of items, a bit each: those that may be shown. Any thread may change a bit, and who reads sees it at once. An item behind the end is not in it.
/// </summary>
public sealed class ItemBits
{
    private readonly Lock _growing = new();
    private ulong[] _words = [];

    /// <summary>The bits, 64 a word, the first in the lowest bit; they may change while they are read.</summary>
    public ReadOnlySpan<ulong> Words => Volatile.Read(ref _words);

    /// <summary>Whether an item is in it.</summary>
    public bool this[int item]
    {
        get
        {
            var words = Volatile.Read(ref _words);
            return (uint)item / 64 < (uint)words.Length && ((Volatile.Read(ref words[item / 64]) >> item) & 1) != 0;
        }
    }

    /// <summary>Puts an item in, or takes it out.</summary>
    public void Set(int item, bool value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(item);
        lock (_growing)
        {
            if (item / 64 >= _words.Length)
            {
                if (!value) return;
                var larger = new ulong[Math.Max(item / 64 + 1, 2 * _words.Length)];
                _words.CopyTo(larger, 0);
                Volatile.Write(ref _words, larger);
            }

            var word = _words[item / 64];
            Volatile.Write(ref _words[item / 64], value ? word | (1UL << item) : word & ~(1UL << item));
        }
    }
}
