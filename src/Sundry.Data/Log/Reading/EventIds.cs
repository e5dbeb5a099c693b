namespace Sundry.Data;

/// <summary>
/// The ids of events that were read. Whole numbers, which most logs have, are bits in pages of 256: numbers that count up cost one bit and no search. Other texts are kept as they are.
/// </summary>
internal sealed class EventIds
{
    private const int PageBits = 8;
    private const int PageWords = (1 << PageBits) / 64;
    private const int MostDigits = 18;

    private readonly Dictionary<long, int> _pages = [];
    private readonly ByteDictionary _texts = new();
    private ulong[] _bits = new ulong[64 * PageWords];
    private long _page = -1;
    private int _start;

    /// <summary>Takes an id.</summary>
    /// <param name="id">Its text; two numbers are one id only where they are written alike.</param>
    /// <param name="isNew">Whether it was not taken before.</param>
    /// <returns>Whether there is room for it.</returns>
    public bool TryTake(ReadOnlySpan<byte> id, out bool isNew)
    {
        if (IsNumber(id, out long number))
        {
            if (number >> PageBits != _page) Turn(number >> PageBits);
            ref ulong word = ref _bits[_start + (int)(number >> 6 & (PageWords - 1))];
            ulong bit = 1UL << (int)(number & 63);
            isNew = (word & bit) == 0;
            word |= bit;
            return true;
        }

        int known = _texts.Count;
        bool fits = _texts.FindOrAdd(id) >= 0;
        isNew = _texts.Count > known;
        return fits;
    }

    private static bool IsNumber(ReadOnlySpan<byte> text, out long number)
    {
        number = 0;
        // 007 is not 7
        if (text.Length is 0 or > MostDigits || (text[0] == '0' && text.Length > 1)) return false;
        foreach (byte one in text)
        {
            uint digit = (uint)one - '0';
            if (digit > 9) return false;
            number = number * 10 + digit;
        }

        return true;
    }

    private void Turn(long page)
    {
        if (!_pages.TryGetValue(page, out int place))
        {
            place = _pages.Count;
            _pages.Add(page, place);
            if ((long)(place + 1) * PageWords > _bits.Length) Array.Resize(ref _bits, (int)Math.Min(Array.MaxLength, 2L * _bits.Length));
        }

        _page = page;
        _start = place * PageWords;
    }
}
