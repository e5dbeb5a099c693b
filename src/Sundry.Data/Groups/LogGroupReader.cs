using System.Text;

namespace Sundry.Data;

/// <summary>Reads the group and the kept numbers of rows that are made from a log.</summary>
public sealed class LogGroupReader
{
    private readonly SampleSet _samples;
    private readonly SampleColumn _group;
    private readonly SampleColumn[] _columns;
    private readonly float[] _numbers;
    private readonly byte[] _buffer = new byte[64];
    private readonly ShopEvent[] _event = new ShopEvent[1];

    /// <summary>Binds the columns to those of the rows.</summary>
    /// <exception cref="InputException">The rows lack a column.</exception>
    internal LogGroupReader(SampleSet samples, GroupColumns columns)
    {
        _samples = samples;
        _group = Named(columns.Group, "ranking.group");
        _columns = [.. columns.Numbers.Select(name => Named(name, "ranking"))];
        _numbers = new float[_columns.Length];
    }

    /// <summary>The hash of the last row's group. A row without one is a group of its own.</summary>
    internal ulong Group { get; private set; }

    /// <summary>The last row's numbers, in the columns' order; 0 where there is none.</summary>
    internal ReadOnlySpan<float> Numbers => _numbers;

    /// <summary>Adds rows to others.</summary>
    /// <param name="rows">Their numbers, as <see cref="LogRows.Run"/> gives them.</param>
    /// <param name="into">The others, of the same columns.</param>
    public void Append(ReadOnlySpan<int> rows, GroupedRows into)
    {
        ArgumentNullException.ThrowIfNull(into);
        foreach (int index in rows)
        {
            ref readonly var row = ref _samples.Rows[index];
            _samples.Event(row, _event);
            Read(index, row, _event[0]);
            into.Add(Group, _numbers);
        }
    }

    /// <summary>The text of a row's group; empty where it has none.</summary>
    /// <param name="index">The row's number.</param>
    public string Text(int index)
    {
        ref readonly var row = ref _samples.Rows[index];
        _samples.Event(row, _event);
        return Encoding.UTF8.GetString(_group.Bytes(row, _event[0], default, _buffer));
    }

    /// <summary>Reads a row.</summary>
    internal void Read(int index, in SampleRow row, in ShopEvent e)
    {
        var group = _group.Bytes(row, e, default, _buffer);
        Group = group.IsEmpty ? ByteHash.Of(index, 1) : ByteHash.Of(group);
        for (int i = 0; i < _numbers.Length; i++) _numbers[i] = NumberText.TryParse(_columns[i].Bytes(row, e, default, _buffer), out float number) ? number : 0;
    }

    private SampleColumn Named(string name, string key) =>
        _samples.Columns.Find(name) ?? throw new InputException($"the column '{name}', named as {key}, is not in the log{NearestName.Ask(name, _samples.Columns.Names)}; rows have {string.Join(", ", _samples.Columns.Names)}");
}
