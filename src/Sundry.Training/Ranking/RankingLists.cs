using Sundry.Data;
using Sundry.Models;

namespace Sundry.Training;

/// <summary>
/// Predictions and labels of rows in lists: rows of one group stand together, and groups of one row, whose order is no question, are left out.
/// </summary>
internal sealed class RankingLists
{
    private readonly int[] _rows;
    private readonly int[] _starts;
    private readonly int _longest;

    /// <summary>Gathers the lists.</summary>
    /// <param name="terms">The terms; their tasks are places in <paramref name="predictions"/>.</param>
    /// <param name="goal">What the goal's gains are.</param>
    /// <param name="predictions">Predictions and labels by task.</param>
    /// <param name="groups">The rows' groups and columns.</param>
    public RankingLists(IReadOnlyList<ValueTerm> terms, ValueTerm goal, IReadOnlyList<TaskPredictions> predictions, GroupedRows groups)
    {
        (_rows, _starts, Lone) = Gather(groups.Groups);
        for (var g = 0; g < Count; g++) _longest = Math.Max(_longest, _starts[g + 1] - _starts[g]);
        Outputs = new float[terms.Count * _rows.Length];
        Gains = [.. terms.Select(t => GainsOf(t, predictions, groups))];
        GoalGains = GainsOf(goal, predictions, groups);
        var all = new float[groups.Count];
        for (var t = 0; t < terms.Count; t++)
        {
            terms[t].Outputs(predictions[terms[t].Task].Values, ColumnOf(terms[t], groups), all);
            for (var i = 0; i < _rows.Length; i++) Outputs[t * _rows.Length + i] = all[_rows[i]];
        }
    }

    /// <summary>Lists.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>Rows in them.</summary>
    public int Rows => _rows.Length;

    /// <summary>Groups of one row, which are no lists.</summary>
    public int Lone { get; }

    /// <summary>[terms, rows] outputs.</summary>
    public float[] Outputs { get; }

    /// <summary>[terms][rows] what each row's label is worth in a term.</summary>
    public float[][] Gains { get; }

    /// <summary>[rows] what each row is worth to the goal.</summary>
    public float[] GoalGains { get; }

    /// <summary>The rows of one list.</summary>
    public (int First, int Length) List(int list) => (_starts[list], _starts[list + 1] - _starts[list]);

    /// <summary>[rows] the formula's values.</summary>
    public double[] Values(ValueFormula formula)
    {
        var values = new double[Rows];
        var (keys, order) = (new float[_longest], new int[_longest]);
        for (var g = 0; g < Count; g++)
        {
            var (first, length) = List(g);
            formula.Evaluate(Outputs, Rows, first, values.AsSpan(first, length), keys.AsSpan(0, length), order.AsSpan(0, length));
        }

        return values;
    }

    /// <summary>[terms] the deviation of each output within lists, root mean square over the rows; 1 where it does not differ.</summary>
    /// <param name="of">What is done to an output first.</param>
    public double[] Scales(Func<float, double> of)
    {
        var scales = new double[Gains.Length];
        for (var t = 0; t < scales.Length; t++)
        {
            var sum = 0.0;
            for (var g = 0; g < Count; g++)
            {
                var (first, length) = List(g);
                var (mean, squares) = (0.0, 0.0);
                for (var i = first; i < first + length; i++) mean += of(Outputs[t * Rows + i]) / length;
                for (var i = first; i < first + length; i++) squares += Math.Pow(of(Outputs[t * Rows + i]) - mean, 2);
                sum += squares;
            }

            scales[t] = sum > 0 && double.IsFinite(sum) ? Math.Sqrt(sum / Rows) : 1;
        }

        return scales;
    }

    private float[] GainsOf(ValueTerm term, IReadOnlyList<TaskPredictions> predictions, GroupedRows groups)
    {
        var labels = predictions[term.Task].Labels;
        var column = ColumnOf(term, groups);
        var gains = new float[_rows.Length];
        for (var i = 0; i < gains.Length; i++) gains[i] = term.Gain(labels[_rows[i]], column.IsEmpty ? 0 : column[_rows[i]]);
        return gains;
    }

    private static ReadOnlySpan<float> ColumnOf(ValueTerm term, GroupedRows groups) =>
        term.Column is null ? [] : groups.Numbers(groups.Columns.Numbers.ToList().IndexOf(term.Column));

    private static (int[] Rows, int[] Starts, int Lone) Gather(ReadOnlySpan<ulong> groups)
    {
        var place = new Dictionary<ulong, int>();
        var of = new int[groups.Length];
        var sizes = new List<int>();
        for (var i = 0; i < groups.Length; i++)
        {
            if (!place.TryGetValue(groups[i], out of[i]))
            {
                place.Add(groups[i], of[i] = sizes.Count);
                sizes.Add(0);
            }

            sizes[of[i]]++;
        }

        var starts = new List<int> { 0 };
        var next = new int[sizes.Count];
        for (var g = 0; g < sizes.Count; g++)
        {
            next[g] = sizes[g] > 1 ? starts[^1] : -1;
            if (sizes[g] > 1) starts.Add(starts[^1] + sizes[g]);
        }

        var rows = new int[starts[^1]];
        for (var i = 0; i < of.Length; i++)
            if (next[of[i]] >= 0) rows[next[of[i]]++] = i;
        return (rows, [.. starts], sizes.Count(s => s == 1));
    }
}
