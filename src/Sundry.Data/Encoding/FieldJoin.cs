namespace Sundry.Data;

/// <summary>The fields of several columns as one, a missing one being empty. Not for use by several threads at once.</summary>
internal sealed class FieldJoin(MissingTexts missing)
{
    private byte[] _bytes = new byte[256];

    /// <summary>Joins a row's fields; valid until the next call. Nothing where all of them are missing.</summary>
    public ReadOnlySpan<byte> Of(RawRow row, ReadOnlySpan<int> columns, ReadOnlySpan<byte> joint)
    {
        int length = 0;
        bool any = false;
        for (int i = 0; i < columns.Length; i++)
        {
            var field = row[columns[i]];
            if (_bytes.Length < length + joint.Length + field.Length) Array.Resize(ref _bytes, 2 * (length + joint.Length + field.Length));
            if (i > 0)
            {
                joint.CopyTo(_bytes.AsSpan(length));
                length += joint.Length;
            }

            if (missing.Contains(field)) continue;
            any = true;
            field.CopyTo(_bytes.AsSpan(length));
            length += field.Length;
        }

        return any ? _bytes.AsSpan(0, length) : default;
    }
}
