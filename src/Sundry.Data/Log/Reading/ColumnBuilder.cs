namespace Sundry.Data;

/// <summary>A <see cref="NamedColumn"/> in the making: for each item, user or event the number of a text.</summary>
internal sealed class ColumnBuilder(string name)
{
    private readonly Names _values = new();
    private int[] _numbers = [];
    private int _count;

    public string Name => name;

    /// <summary>Sets the text of one, an empty one being none; those before it that were not set have none.</summary>
    public void Set(int index, ReadOnlySpan<byte> text)
    {
        if (text.Length == 0) return;
        Reach(index + 1);
        _numbers[index] = text[0] == JsonLinesReader.ListMark ? _values.FindOrAdd(Joined(text)) : _values.FindOrAdd(text);
    }

    /// <summary>Puts the numbers of the first <paramref name="order"/>.Length in another order: what comes to place i was at <c>order[i]</c>.</summary>
    public void Reorder(ReadOnlySpan<int> order)
    {
        Reach(order.Length);
        var ordered = new int[order.Length];
        for (int i = 0; i < ordered.Length; i++) ordered[i] = _numbers[order[i]];
        _numbers = ordered;
        _count = ordered.Length;
    }

    /// <summary>The column, of <paramref name="count"/> numbers.</summary>
    public NamedColumn Build(int count)
    {
        Reach(count);
        Array.Resize(ref _numbers, count);
        return new NamedColumn(name, _values, _numbers);
    }

    /// <summary>A list of values as one text, joined by bars.</summary>
    public static byte[] Joined(ReadOnlySpan<byte> text)
    {
        var joined = text[1..].ToArray();
        joined.AsSpan().Replace(JsonLinesReader.ListMark, (byte)'|');
        return joined;
    }

    private void Reach(int count)
    {
        if (count <= _count) return;
        if (count > _numbers.Length) Array.Resize(ref _numbers, (int)Math.Min(Array.MaxLength, Math.Max(count, 1.5 * _numbers.Length)));
        _numbers.AsSpan(_count, count - _count).Fill(-1);
        _count = count;
    }
}
