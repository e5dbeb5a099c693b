using System.Runtime.InteropServices;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Serving;

/// <summary>The groups of scored rows and their terms' outputs, and the values and ranks that a formula makes of them.</summary>
internal sealed class RankedOutputs
{
    private readonly IReadOnlyList<ValueTerm> _terms;
    private readonly int[] _widths;
    private readonly List<float>[] _outputs;
    private float[] _scratch = [];

    public RankedOutputs(RankingInfo ranking, IReadOnlyList<TaskHead> heads)
    {
        _terms = ranking.Terms([.. heads.Select(h => h.Task)]);
        _widths = [.. _terms.Select(t => heads[t.Task].Outputs)];
        _outputs = [.. _terms.Select(_ => new List<float>())];
        Rows = new GroupedRows(new GroupColumns(ranking.Group, [.. _terms.Select(t => t.Column).OfType<string>().Distinct(StringComparer.Ordinal)]));
    }

    /// <summary>The rows' groups; whoever adds to them scores the same rows next.</summary>
    public GroupedRows Rows { get; }

    /// <summary>Takes the terms' outputs out of the predictions of the last <paramref name="count"/> rows.</summary>
    public void Score(float[][] predictions, int count)
    {
        Array.Resize(ref _scratch, count);
        var first = Rows.Count - count;
        for (var t = 0; t < _terms.Count; t++)
        {
            var column = _terms[t].Column is { } name ? Rows.Numbers(Rows.Columns.Numbers.ToList().IndexOf(name))[first..] : default;
            _terms[t].Outputs(predictions[_terms[t].Task].AsSpan(0, count * _widths[t]), column, _scratch);
            _outputs[t].AddRange(_scratch);
        }
    }

    /// <summary>Each row's value, and its rank within its group: 1 for the greatest value, equal values in the order of the rows.</summary>
    public (double[] Values, int[] Ranks) Rank(ValueFormula formula)
    {
        var n = Rows.Count;
        var order = new int[n];
        for (var i = 0; i < n; i++) order[i] = i;
        var groups = Rows.Groups.ToArray();
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
