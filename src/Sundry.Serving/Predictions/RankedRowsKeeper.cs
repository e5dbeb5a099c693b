using System.Runtime.InteropServices;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Serving;

/// <summary>What a ranking needs of rows that stream by: their groups, their terms' outputs, and where they end in the output.</summary>
internal sealed class RankedRowsKeeper
{
    private readonly IReadOnlyList<ValueTerm> _terms;
    private readonly GroupReader _reader;
    private readonly GroupedRows _rows;
    private readonly List<float>[] _outputs;
    private readonly List<long> _ends = [];
    private float[] _scratch = [];

    public RankedRowsKeeper(RankingInfo ranking, Bundle bundle, IReadOnlyList<TaskHead> heads, TableReader table)
    {
        _terms = ranking.Terms([.. heads.Select(h => h.Task)]);
        var columns = new GroupColumns(ranking.Group, [.. _terms.Select(t => t.Column).OfType<string>().Distinct(StringComparer.Ordinal)]);
        _reader = new GroupReader(columns, bundle.Encoder, table.Header, table.Files[0]);
        _rows = new GroupedRows(columns);
        _outputs = [.. _terms.Select(_ => new List<float>())];
    }

    /// <summary>[rows] the end of each row in the output, without its line end.</summary>
    public IReadOnlyList<long> Ends => _ends;

    /// <summary>Reads a row's group; null, or what is wrong with it.</summary>
    public string? Read(RawRow row) => _reader.Read(row, out _);

    /// <summary>Keeps the row that was read last.</summary>
    public void Accept() => _rows.Add(_reader.Group, _reader.Numbers);

    /// <summary>Takes the terms' outputs out of the predictions of the last <paramref name="count"/> rows.</summary>
    public void Score(float[][] predictions, int count)
    {
        Array.Resize(ref _scratch, count);
        var first = _rows.Count - count;
        for (var t = 0; t < _terms.Count; t++)
        {
            var all = predictions[_terms[t].Task];
            var width = all.Length / PredictionJob.RowsPerCall;
            var column = _terms[t].Column is { } name ? _rows.Numbers(_rows.Columns.Numbers.ToList().IndexOf(name))[first..] : default;
            _terms[t].Outputs(all.AsSpan(0, count * width), column, _scratch);
            _outputs[t].AddRange(_scratch);
        }
    }

    /// <summary>The row that is being written ends here.</summary>
    public void EndRow(long position) => _ends.Add(position);

    /// <summary>Each row's value, and its rank within its group: 1 for the greatest value, equal values in the order of the rows.</summary>
    public (double[] Values, int[] Ranks) Rank(ValueFormula formula)
    {
        var n = _rows.Count;
        var order = new int[n];
        for (var i = 0; i < n; i++) order[i] = i;
        var groups = _rows.Groups.ToArray();
        groups.AsSpan().Sort(order.AsSpan());
        // of one group in the order of the rows, as a sort by keys alone does not promise
        for (int start = 0, end; start < n; start = end)
        {
            for (end = start + 1; end < n && groups[end] == groups[start]; end++)
            {
            }

            order.AsSpan(start, end - start).Sort();
        }

        var (values, ranks) = (new double[n], new int[n]);
        for (int start = 0, end; start < n; start = end)
        {
            for (end = start + 1; end < n && groups[end] == groups[start]; end++)
            {
            }

            RankGroup(formula, order.AsSpan(start, end - start), values, ranks);
        }

        return (values, ranks);
    }

    private void RankGroup(ValueFormula formula, ReadOnlySpan<int> rows, double[] values, int[] ranks)
    {
        var outputs = new float[_terms.Count * rows.Length];
        for (var t = 0; t < _terms.Count; t++)
        {
            var column = CollectionsMarshal.AsSpan(_outputs[t]);
            for (var i = 0; i < rows.Length; i++) outputs[t * rows.Length + i] = column[rows[i]];
        }

        var own = new double[rows.Length];
        formula.Evaluate(outputs, rows.Length, 0, own, new float[rows.Length], new int[rows.Length]);
        var places = new int[rows.Length];
        for (var i = 0; i < places.Length; i++) places[i] = i;
        Array.Sort(places, (a, b) => own[a] != own[b] ? own[b].CompareTo(own[a]) : a.CompareTo(b));
        for (var rank = 0; rank < places.Length; rank++)
        {
            values[rows[places[rank]]] = own[places[rank]];
            ranks[rows[places[rank]]] = rank + 1;
        }
    }
}
