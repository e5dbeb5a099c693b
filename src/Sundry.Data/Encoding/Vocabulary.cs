using System.Text;
using System.Text.Json;

namespace Sundry.Data;

/// <summary>
/// Which row of its embedding table a category has. Row 0 is that of values that training did not see, or saw too rarely; row 1 that of missing ones
/// where training had such, else they share row 0; then come the values, the most frequent first, or the rows that they are hashed to.
/// </summary>
internal sealed class Vocabulary
{
    private readonly ByteDictionary? _values;
    private readonly int _hash;
    private readonly int _first;

    private Vocabulary(ByteDictionary? values, int hash, bool missing)
    {
        _values = values;
        _hash = hash;
        _first = missing ? 2 : 1;
        HasMissing = missing;
    }

    /// <summary>Whether missing values have a row of their own.</summary>
    public bool HasMissing { get; }

    /// <summary>Whether values are hashed to rows, so that several may have one.</summary>
    public bool IsHashed => _values is null;

    /// <summary>The row of missing values.</summary>
    public int Missing => HasMissing ? 1 : 0;

    /// <summary>How many rows there are.</summary>
    public int Rows => _first + (_values?.Count ?? _hash);

    /// <summary>A vocabulary of these values.</summary>
    public static Vocabulary Of(ByteDictionary values, bool missing) => new(values, 0, missing);

    /// <summary>Rows that values are hashed to.</summary>
    public static Vocabulary Hashed(int rows, bool missing) => new(null, rows, missing);

    /// <summary>A value's bucket among <paramref name="rows"/>.</summary>
    public static int Bucket(ReadOnlySpan<byte> value, int rows) => (int)(ByteHash.Of(value) % (uint)rows);

    /// <summary>A value's row.</summary>
    public int Row(ReadOnlySpan<byte> value)
    {
        if (_values is null) return _first + Bucket(value, _hash);
        int id = _values.Find(value);
        return id < 0 ? 0 : _first + id;
    }

    /// <summary>A hashed value's row, its bucket being known.</summary>
    public int RowOfBucket(int bucket) => _first + bucket;

    /// <summary>Writes it into an open JSON object.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteBoolean("missing_row", HasMissing);
        if (_values is null)
        {
            json.WriteNumber("hash", _hash);
            return;
        }

        json.WriteStartArray("values");
        for (int i = 0; i < _values.Count; i++) json.WriteStringValue(_values[i]);
        json.WriteEndArray();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static Vocabulary Read(JsonElement json)
    {
        bool missing = json.GetProperty("missing_row").GetBoolean();
        if (json.TryGetProperty("hash", out var hash))
        {
            int rows = hash.GetInt32();
            if (rows is < 1 or > 1 << 28) throw new InvalidDataException("the encoder is damaged: a number of hashed rows is out of bounds");
            return Hashed(rows, missing);
        }

        var values = new ByteDictionary();
        foreach (var value in json.GetProperty("values").EnumerateArray())
        {
            int before = values.Count;
            if (values.FindOrAdd(Encoding.UTF8.GetBytes(value.GetString()!)) != before) throw new InvalidDataException("the encoder is damaged: a vocabulary holds a value twice");
        }

        return Of(values, missing);
    }
}
