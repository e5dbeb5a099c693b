using Sundry.Data;

namespace Sundry.Models;

/// <summary>
/// Makes one value of several outputs for each item of a list, to rank the list by. It holds no scratch memory, so that any number of threads
/// may use one formula, and a call allocates nothing.
/// </summary>
public sealed class ValueFormula
{
    // orders equal votes and can overturn none: the shares of 1,000 equal weights are further apart
    private const double TieBreak = 1e-6;

    private readonly double[] _weights;
    private readonly double _sum;

    /// <summary>A formula.</summary>
    /// <param name="method">How outputs are combined.</param>
    /// <param name="weights">[terms] weights, at least 0 and not all 0.</param>
    /// <param name="top">The k of vote.</param>
    /// <param name="epsilon">The ε of power_product.</param>
    /// <exception cref="InputException">A weight is negative or no number, or all are 0.</exception>
    public ValueFormula(ValueMethod method, IReadOnlyList<double> weights, int top = 10, double epsilon = 1e-6)
    {
        Method = method;
        Top = top;
        Epsilon = epsilon;
        _weights = [.. weights];
        if (_weights.Any(w => !(w >= 0) || double.IsInfinity(w))) throw new InputException("ranking: a weight is below 0 or no number; give numbers of at least 0");
        _sum = _weights.Sum();
        if (_sum == 0) throw new InputException("ranking: every weight is 0, so that nothing would be ranked; give one of them a weight above 0");
    }

    /// <summary>How outputs are combined.</summary>
    public ValueMethod Method { get; }

    /// <summary>The k of vote.</summary>
    public int Top { get; }

    /// <summary>The ε of power_product.</summary>
    public double Epsilon { get; }

    /// <summary>[terms] weights.</summary>
    public IReadOnlyList<double> Weights => _weights;

    /// <summary>Whether an item's value depends on the rest of its list.</summary>
    public bool NeedsList => Method is ValueMethod.RankAverage or ValueMethod.Vote;

    /// <summary>The values of one list's items.</summary>
    /// <param name="outputs">[terms, stride] outputs, of which the list's items are <paramref name="first"/> … <paramref name="first"/> + n − 1.</param>
    /// <param name="stride">Items from one term to the next.</param>
    /// <param name="first">The list's first item.</param>
    /// <param name="values">[n] takes the values.</param>
    /// <param name="keys">[n] scratch.</param>
    /// <param name="order">[n] scratch.</param>
    public void Evaluate(ReadOnlySpan<float> outputs, int stride, int first, Span<double> values, Span<float> keys, Span<int> order)
    {
        values.Clear();
        for (var t = 0; t < _weights.Length; t++)
        {
            if (_weights[t] == 0) continue;
            var y = outputs.Slice(t * stride + first, values.Length);
            switch (Method)
            {
                case ValueMethod.WeightedSum:
                    for (var i = 0; i < y.Length; i++) values[i] += _weights[t] * y[i];
                    break;
                case ValueMethod.PowerProduct:
                    for (var i = 0; i < y.Length; i++) values[i] += _weights[t] * Math.Log(Epsilon + Math.Max(0, y[i]));
                    break;
                default:
                    AddRanks(y, _weights[t] / _sum, values, keys[..y.Length], order[..y.Length]);
                    break;
            }
        }

        if (Method == ValueMethod.PowerProduct)
            foreach (ref var value in values) value = Math.Exp(value);
    }

    // ascending, so that a run of equal outputs beats all before it
    private void AddRanks(ReadOnlySpan<float> y, double weight, Span<double> values, Span<float> keys, Span<int> order)
    {
        y.CopyTo(keys);
        for (var i = 0; i < order.Length; i++) order[i] = i;
        keys.Sort(order);
        for (int start = 0, end; start < y.Length; start = end)
        {
            for (end = start + 1; end < y.Length && keys[end] == keys[start]; end++)
            {
            }

            // each beats those before the run, and ties with the rest of it
            var borda = y.Length == 1 ? 1 : (start + (end - start - 1) / 2.0) / (y.Length - 1);
            var share = Method == ValueMethod.RankAverage ? borda : (y.Length - end < Top ? 1 : 0) + TieBreak * borda;
            for (var i = start; i < end; i++) values[order[i]] += weight * share;
        }
    }
}
