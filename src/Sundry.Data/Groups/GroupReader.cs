namespace Sundry.Data;

/// <summary>Reads the group and the kept numbers of a table's rows.</summary>
public sealed class GroupReader
{
    private readonly GroupColumns _columns;
    private readonly MissingTexts _missing;
    private readonly int _group;
    private readonly int[] _places;
    private readonly float[] _numbers;
    private long _lone;

    internal GroupReader(GroupColumns columns, MissingTexts missing, IReadOnlyList<string> header, string file)
    {
        _columns = columns;
        _missing = missing;
        _group = header.Require(columns.Group, file, "named as ranking.group");
        _places = [.. columns.Numbers.Select(name => header.Require(name, file, "named under 'ranking'"))];
        _numbers = new float[_places.Length];
    }

    /// <summary>Binds the columns to a table's.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="encoder">Knows which texts mean that a value is missing.</param>
    /// <param name="header">The table's columns.</param>
    /// <param name="file">The table's name, for messages.</param>
    /// <exception cref="InputException">The table lacks a column.</exception>
    public GroupReader(GroupColumns columns, Encoder encoder, IReadOnlyList<string> header, string file)
        : this(columns, encoder.Missing, header, file)
    {
    }

    /// <summary>The hash of the last row's group. A row without one is a group of its own.</summary>
    public ulong Group { get; private set; }

    /// <summary>The last row's numbers, in the columns' order.</summary>
    public ReadOnlySpan<float> Numbers => _numbers;

    /// <summary>Reads a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The column to blame, counted from 0.</param>
    /// <returns>What is wrong with it, as one sentence; null where nothing is.</returns>
    public string? Read(RawRow row, out int column)
    {
        column = _group;
        Group = _missing.Contains(row[_group]) ? ByteHash.Of(++_lone, 1) : ByteHash.Of(row[_group]);
        for (int i = 0; i < _places.Length; i++)
        {
            column = _places[i];
            _numbers[i] = 0;
            if (_missing.Contains(row[column]) || NumberText.TryParse(row[column], out _numbers[i])) continue;
            return $"{FieldText.Quote(row[column])} is not a number, which the column '{_columns.Numbers[i]}' of 'ranking' must hold";
        }

        return null;
    }
}
