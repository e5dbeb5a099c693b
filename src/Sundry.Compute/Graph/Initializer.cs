namespace Sundry.Compute;

/// <summary>How the first values of a parameter or a table are drawn. Equal seed and equal name give equal values, whatever else the graph holds.</summary>
public abstract record Initializer
{
    /// <summary>All zero.</summary>
    public static Initializer Zeros { get; } = new ConstantValue(0);

    /// <summary>All one.</summary>
    public static Initializer Ones { get; } = new ConstantValue(1);

    /// <summary>All equal to <paramref name="value"/>.</summary>
    public static Initializer Constant(float value) => new ConstantValue(value);

    /// <summary>These values, for a parameter of as many.</summary>
    public static Initializer Of(IReadOnlyList<float> values) => new GivenValue(values);

    /// <summary>For a table: each row as <paramref name="fill"/> writes it, which several threads may ask at once.</summary>
    public static Initializer Rows(Action<int, Span<float>> fill) => new RowsValue(fill);

    /// <summary>Uniform in ±<paramref name="bound"/>.</summary>
    public static Initializer Uniform(double bound) => new UniformValue(bound);

    /// <summary>Uniform in ±1/√<paramref name="inputs"/>: PyTorch's default for a linear layer's weights and bias.</summary>
    public static Initializer FanIn(int inputs) => new UniformValue(1 / Math.Sqrt(inputs));

    /// <summary>Uniform in ±√(6 / (inputs + outputs)) (Glorot and Bengio, 2010).</summary>
    public static Initializer Xavier(int inputs, int outputs) => new UniformValue(Math.Sqrt(6.0 / (inputs + outputs)));

    /// <summary>Normal with mean 0 and the given standard deviation.</summary>
    public static Initializer Normal(double deviation) => new NormalValue(deviation);

    /// <summary>The draw of <paramref name="one"/> again and again, so that several networks in one parameter or table begin alike.</summary>
    /// <param name="one">How a single copy is drawn.</param>
    /// <param name="copies">How many copies lie side by side.</param>
    /// <param name="length">Floats of one copy; for a parameter, which is drawn whole, its own length divided by the copies.</param>
    public static Initializer Copies(Initializer one, int copies, long? length = null) => new CopiedValue(one, copies, length);

    /// <summary>Draws the values from <paramref name="first"/> on of the sequence that <paramref name="seed"/> names.</summary>
    internal abstract void Fill(Span<float> values, ulong seed, long first);

    private sealed record ConstantValue(float Value) : Initializer
    {
        internal override void Fill(Span<float> values, ulong seed, long first) => values.Fill(Value);
    }

    private sealed record UniformValue(double Bound) : Initializer
    {
        internal override void Fill(Span<float> values, ulong seed, long first)
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = (float)(Bound * (2 * CounterRandom.Uniform(seed, (ulong)(first + i)) - 1));
        }
    }

    private sealed record NormalValue(double Deviation) : Initializer
    {
        internal override void Fill(Span<float> values, ulong seed, long first)
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = (float)(Deviation * CounterRandom.Normal(seed, (ulong)(first + i)));
        }
    }

    private sealed record CopiedValue(Initializer One, int Count, long? Length) : Initializer
    {
        internal override void Fill(Span<float> values, ulong seed, long first)
        {
            var length = Length ?? values.Length / Count;
            while (values.Length > 0)
            {
                var from = first % length;
                var part = (int)Math.Min(values.Length, length - from);
                One.Fill(values[..part], seed, from);
                values = values[part..];
                first += part;
            }
        }
    }

    private sealed record RowsValue(Action<int, Span<float>> Write) : Initializer
    {
        internal override void Fill(Span<float> values, ulong seed, long first) => Write((int)(first / values.Length), values);
    }

    private sealed record GivenValue(IReadOnlyList<float> Values) : Initializer
    {
        internal override void Fill(Span<float> values, ulong seed, long first)
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = Values[(int)(first + i)];
        }
    }
}
