namespace Sundry.Compute;

/// <summary>
/// The values of every parameter and table of a graph, with the optimiser's moments for them: one aligned block for the parameters, one
/// for their moments, and one a table in which a row's value and moments lie side by side.
/// </summary>
public sealed unsafe class ParameterStore : IDisposable
{
    private const int DrawnTogether = 4096;

    private readonly AlignedBlock _values;
    private readonly AlignedBlock _moments;
    private readonly AlignedBlock[] _tables;

    /// <summary>Draws the first values.</summary>
    /// <param name="graph">The graph whose parameters and tables are kept.</param>
    /// <param name="seed">With a parameter's name, all that its first values depend on.</param>
    /// <param name="moments">Floats of optimiser state a weight: 0 to predict only, else <see cref="Optimizer.Moments"/>.</param>
    public ParameterStore(Graph graph, ulong seed, int moments = 0)
        : this(graph, moments)
    {
        foreach (var parameter in graph.Parameters)
            parameter.Initializer.Fill(Values(parameter), CounterRandom.Derive(seed, parameter.Name), 0);
        foreach (var table in graph.Tables)
        {
            var tableSeed = CounterRandom.Derive(seed, table.Name);
            // a value depends on its place alone, so the rows may be drawn side by side
            Parallel.For(0, (table.Rows + DrawnTogether - 1) / DrawnTogether, block =>
            {
                for (var row = block * DrawnTogether; row < Math.Min(table.Rows, (block + 1L) * DrawnTogether); row++)
                    table.Initializer.Fill(Values(table, row), tableSeed, (long)row * table.Width);
            });
        }
    }

    private ParameterStore(Graph graph, int moments)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(moments);
        Graph = graph;
        Moments = moments;
        _values = new AlignedBlock(graph.ParameterBlockLength);
        _moments = new AlignedBlock(graph.ParameterBlockLength * moments);
        _tables = [.. graph.Tables.Select(t => new AlignedBlock((long)t.Rows * Stride(t)))];
    }

    /// <summary>Zeros, for who sets every value before anything is computed: drawing values that a file then overwrites takes longer than reading them.</summary>
    /// <param name="graph">The graph whose parameters and tables are kept.</param>
    public static ParameterStore Zeros(Graph graph) => new(graph, 0);

    /// <summary>The graph whose values these are.</summary>
    public Graph Graph { get; }

    /// <summary>Floats of optimiser state a weight.</summary>
    public int Moments { get; }

    /// <summary>Rises with each change of a value, so that a plan knows when to pack anew.</summary>
    public long Version { get; private set; }

    /// <summary>The values of a parameter, row-major; call <see cref="Touch"/> after writing.</summary>
    public Span<float> Values(Parameter parameter) => new(_values.Pointer + parameter.Offset, parameter.Length);

    /// <summary>One of the moments of a parameter.</summary>
    public Span<float> MomentValues(Parameter parameter, int moment) => new(MomentPointer(moment) + parameter.Offset, parameter.Length);

    /// <summary>The values of one row of a table; call <see cref="Touch"/> after writing.</summary>
    public Span<float> Values(Table table, int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)table.Rows);
        return new(RowPointer(table, row), table.Width);
    }

    /// <summary>One row of a table as it is kept: values, then each moment.</summary>
    public Span<float> ValuesAndMoments(Table table, int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)table.Rows);
        return new(RowPointer(table, row), Stride(table));
    }

    /// <summary>Says that values were written.</summary>
    public void Touch() => Version++;

    /// <inheritdoc/>
    public void Dispose()
    {
        _values.Dispose();
        _moments.Dispose();
        foreach (var table in _tables)
            table.Dispose();
    }

    internal float* ValueBlock => _values.Pointer;

    internal float* MomentPointer(int moment) => _moments.Pointer + Graph.ParameterBlockLength * moment;

    internal int Stride(Table table) => table.Width * (1 + MomentsOf(table));

    /// <summary>Floats of optimiser state a weight of this table.</summary>
    public int MomentsOf(Table table) => table.Trainable ? Moments : 0;

    internal float* RowPointer(Table table, int row) => _tables[table.Index].Pointer + (long)row * Stride(table);
}
