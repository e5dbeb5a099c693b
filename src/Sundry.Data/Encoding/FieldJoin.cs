namespace Sundry.Data;

/// <summary>The fields of several columns as one, a missing one being empty. Not for use by several threads at once.</summary>
/// <param name="missing">Texts of missing values.</param>
/// <param name="joint">What stands between two fields.</param>
internal sealed class FieldJoin(MissingTexts missing, ReadOnlySpan<byte> joint)
{
    private readonly byte[] _joint = joint.ToArray();
    private byte[] _bytes = new byte[256];
    private int _length;
    private int _fields;
    private bool _any;

    /// <summary>The fields that were added, as one; nothing where all of them are missing. Valid until the next one is added.</summary>
    public ReadOnlySpan<byte> Text => _any ? _bytes.AsSpan(0, _length) : default;

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        _length = _fields = 0;
        _any = false;
    }

    /// <summary>Adds a field.</summary>
    public void Add(ReadOnlySpan<byte> field)
    {
        if (_bytes.Length < _length + _joint.Length + field.Length) Array.Resize(ref _bytes, 2 * (_length + _joint.Length + field.Length));
        if (_fields++ > 0)
        {
            _joint.CopyTo(_bytes.AsSpan(_length));
            _length += _joint.Length;
        }

        if (missing.Contains(field)) return;
        _any = true;
        field.CopyTo(_bytes.AsSpan(_length));
        _length += field.Length;
    }
}
