using Sundry.Compute;

namespace Sundry.Training;

/// <summary>
/// Rows that learn by Adagrad (Duchi, Hazan and Singer, 2011): a step gathers gradients of the rows that it touches, and then moves those alone.
/// </summary>
internal sealed class AdagradTable
{
    // what a value's squared gradients start from, so that the first steps are no leaps
    private const float Start = .1f;

    private readonly float[] _gradient;
    private readonly float[] _squares;
    private readonly bool[] _isTouched;
    private readonly List<int> _touched = [];
    private readonly int _width;

    /// <param name="values">[rows, width] the rows, which are moved in place.</param>
    /// <param name="width">Floats a row.</param>
    public AdagradTable(float[] values, int width)
    {
        (Values, _width) = (values, width);
        _gradient = new float[values.Length];
        _squares = new float[values.Length];
        Array.Fill(_squares, Start);
        _isTouched = new bool[values.Length / width];
    }

    /// <summary>[rows, width].</summary>
    public float[] Values { get; }

    /// <summary>A row.</summary>
    public ReadOnlySpan<float> this[int row] => Values.AsSpan(row * _width, _width);

    /// <summary>Adds to a row's gradient.</summary>
    public void Add(int row, ReadOnlySpan<float> gradient, float scale)
    {
        if (!_isTouched[row])
        {
            _isTouched[row] = true;
            _touched.Add(row);
        }

        RowMath.AddScaled(_gradient.AsSpan(row * _width, _width), gradient, scale);
    }

    /// <summary>Moves the rows that were touched, each with shrinkage, and forgets their gradients.</summary>
    public void Step(float rate, float shrink)
    {
        foreach (var row in _touched)
        {
            var w = Values.AsSpan(row * _width, _width);
            var g = _gradient.AsSpan(row * _width, _width);
            var s = _squares.AsSpan(row * _width, _width);
            for (var i = 0; i < w.Length; i++)
            {
                var slope = g[i] + shrink * w[i];
                s[i] += slope * slope;
                w[i] -= rate * slope / MathF.Sqrt(s[i]);
            }

            g.Clear();
            _isTouched[row] = false;
        }

        _touched.Clear();
    }
}
