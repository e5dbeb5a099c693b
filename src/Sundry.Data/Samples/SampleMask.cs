using System.Globalization;
using System.Text;

namespace Sundry.Data;

/// <summary>A task's <c>where:</c> over rows of a log: it may name columns of the rows and tasks whose label is an event.</summary>
internal sealed class SampleMask
{
    private readonly RowFilter _filter;
    private readonly SampleColumn?[] _columns;
    private readonly float[]?[] _labels;
    private readonly char[][] _texts;
    private readonly int[] _lengths;
    private readonly byte[] _buffer = new byte[64];
    private readonly RowFilter.Field _field;

    /// <summary>Binds a condition.</summary>
    /// <param name="where">The condition.</param>
    /// <param name="key">How the configuration calls it, for messages.</param>
    /// <param name="samples">The rows.</param>
    /// <param name="tasks">The names of the rows' tasks, in the order of <see cref="SampleSet.Labels"/>.</param>
    /// <exception cref="InputException">The condition names what rows do not have.</exception>
    public SampleMask(string where, string key, SampleSet samples, IReadOnlyList<string> tasks)
    {
        _filter = RowFilter.Parse(where);
        _columns = new SampleColumn?[_filter.Columns.Count];
        _labels = new float[]?[_columns.Length];
        _texts = new char[_columns.Length][];
        _lengths = new int[_columns.Length];
        for (int i = 0; i < _columns.Length; i++)
        {
            var name = _filter.Columns[i];
            _texts[i] = new char[64];
            for (int t = 0; t < tasks.Count; t++)
                if (tasks[t] == name) _labels[i] = samples.Labels[t];
            if (_labels[i] is null) _columns[i] = samples.Columns.Find(name);
            if (_labels[i] is not null || _columns[i] is not null) continue;
            string[] all = [.. samples.Columns.Names, .. tasks];
            throw new InputException($"{key} names '{name}', which rows do not have{NearestName.Ask(name, all)}; they have {string.Join(", ", all)}");
        }

        _field = column => _texts[column].AsSpan(0, _lengths[column]);
    }

    /// <summary>Whether a row is meant.</summary>
    public bool Matches(int index, in SampleRow sample, in ShopEvent e)
    {
        for (int i = 0; i < _columns.Length; i++)
        {
            if (_labels[i] is { } labels)
            {
                _lengths[i] = 0;
                if (!float.IsNaN(labels[index])) labels[index].TryFormat(_texts[i], out _lengths[i], default, CultureInfo.InvariantCulture);
                continue;
            }

            var bytes = _columns[i]!.Bytes(sample, e, default, _buffer);
            if (_texts[i].Length < bytes.Length) _texts[i] = new char[bytes.Length * 2];
            _lengths[i] = Encoding.UTF8.GetChars(bytes, _texts[i]);
        }

        return _filter.Matches(_field);
    }
}
