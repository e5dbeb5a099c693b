namespace Sundry.Data;

/// <summary>Numbers the texts of one column; a row often holds the one before's, which is then not looked up.</summary>
internal sealed class NumberedField(Names names)
{
    private int _last = -1;

    /// <summary>The text's number, a new one where it has none; -1 where it is empty.</summary>
    public int Of(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return -1;
        if (_last >= 0 && names[_last].SequenceEqual(text)) return _last;
        return _last = names.FindOrAdd(text);
    }
}
