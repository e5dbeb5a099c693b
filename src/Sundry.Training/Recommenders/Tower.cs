using Sundry.Compute;

namespace Sundry.Training;

/// <summary>One tower's layers: h = x + relu(x·W + b)·V, so that it starts as what goes in. Without hidden units h = x.</summary>
internal sealed class Tower
{
    private readonly int _f;
    private readonly int _hidden;
    private readonly AdagradTable _in;
    private readonly AdagradTable _bias;
    private readonly AdagradTable _out;

    /// <param name="f">Floats in and out.</param>
    /// <param name="hidden">Hidden units; 0: none.</param>
    /// <param name="seed">Of the first weights.</param>
    public Tower(int f, int hidden, ulong seed)
    {
        (_f, _hidden) = (f, hidden);
        var first = new float[f * hidden];
        for (var i = 0; i < first.Length; i++) first[i] = (float)(CounterRandom.Normal(seed, (ulong)i) * Math.Sqrt(2.0 / f));
        _in = new(first, Math.Max(1, hidden));
        _bias = new(new float[Math.Max(1, hidden)], Math.Max(1, hidden));
        _out = new(new float[hidden * f], f);
    }

    /// <summary>Turns x [m, f] into h [m, f]; what comes back are the hidden units, for <see cref="Back"/>.</summary>
    public float[] Forward(float[] x, float[] h, int m, ParallelOptions parallel)
    {
        x.AsSpan(0, m * _f).CopyTo(h);
        if (_hidden == 0) return [];
        var units = new float[m * _hidden];
        for (var row = 0; row < m; row++) _bias.Values.CopyTo(units, row * _hidden);
        DenseProducts.Multiply(x, _in.Values, units, m, _f, _hidden, parallel, accumulate: true);
        for (var i = 0; i < units.Length; i++) units[i] = Math.Max(0, units[i]);
        DenseProducts.Multiply(units, _out.Values, h, m, _hidden, _f, parallel, accumulate: true);
        return units;
    }

    /// <summary>Turns the gradient by h [m, f] into that by x, in place, and gathers those of the layers.</summary>
    public void Back(float[] x, float[] units, float[] gradient, int m, ParallelOptions parallel)
    {
        if (_hidden == 0) return;
        var ofOut = new float[_hidden * _f];
        DenseProducts.MultiplyTransposed(units, gradient.AsSpan(0, m * _f), ofOut, m, _hidden, _f, parallel);
        var ofUnits = new float[m * _hidden];
        DenseProducts.MultiplyByTransposed(gradient, _out.Values, ofUnits, m, _f, _hidden, parallel);
        for (var i = 0; i < ofUnits.Length; i++)
            if (units[i] <= 0) ofUnits[i] = 0;
        var ofIn = new float[_f * _hidden];
        DenseProducts.MultiplyTransposed(x.AsSpan(0, m * _f), ofUnits, ofIn, m, _f, _hidden, parallel);
        DenseProducts.MultiplyByTransposed(ofUnits, _in.Values, gradient, m, _hidden, _f, parallel, accumulate: true);
        for (var row = 0; row < _hidden; row++) _out.Add(row, ofOut.AsSpan(row * _f, _f), 1);
        for (var row = 0; row < _f; row++) _in.Add(row, ofIn.AsSpan(row * _hidden, _hidden), 1);
        for (var row = 0; row < m; row++) _bias.Add(0, ofUnits.AsSpan(row * _hidden, _hidden), 1);
    }

    /// <summary>Moves the layers.</summary>
    public void Step(float rate)
    {
        if (_hidden == 0) return;
        _in.Step(rate, 0);
        _bias.Step(rate, 0);
        _out.Step(rate, 0);
    }
}
