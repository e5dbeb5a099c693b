namespace Sundry.Compute;

/// <summary>
/// Columns of a layer's input that are treated alike, such as those that all rows share: some are looked up behind the layer (<see cref="FieldTables"/>), the others brought together from where they come from, past whatever
/// puts the whole input side by side.
/// </summary>
internal sealed unsafe class SplitColumns
{
    private readonly ParameterStore _store;
    private readonly List<Piece> _pieces = [];

    /// <summary>Divides them.</summary>
    /// <param name="store">The weights.</param>
    /// <param name="origins">By column of the input where it comes from.</param>
    /// <param name="chosen">By column whether it is one of these.</param>
    /// <param name="rows">For how many values of fields there is memory; less what is taken.</param>
    public SplitColumns(ParameterStore store, ColumnOrigin[] origins, bool[] chosen, ref long rows)
    {
        _store = store;
        var fields = InputField.Among(origins).Where(field => chosen.AsSpan(field.Column, field.Width).IndexOf(false) < 0).ToDictionary(field => field.Column);
        Tables = FieldTables.Choose(store, fields.Values, ref rows);
        for (int column = 0, next; column < origins.Length; column = next)
        {
            next = column + 1;
            if (!chosen[column] || Tables?.Has(column) == true) continue;
            var field = fields.GetValueOrDefault(column);
            if (field is not null)
                next = column + field.Width;
            else
                while (next < origins.Length && chosen[next] && !fields.ContainsKey(next) && origins[next] == origins[next - 1] with { Column = origins[next - 1].Column + 1 }) next++;
            _pieces.Add(new Piece(column, next - column, field, origins[column]));
            Width += next - column;
        }
    }

    /// <summary>Fields that are looked up; null where there are none.</summary>
    public FieldTables? Tables { get; }

    /// <summary>Columns that are multiplied.</summary>
    public int Width { get; }

    /// <summary>Floats of what <see cref="Bring"/> brings of a row: the columns, and the rows of the tables.</summary>
    public int Stride => Width + (Tables?.Count ?? 0);

    /// <summary>The nodes that are read.</summary>
    public IEnumerable<Node> Reads => _pieces.Where(piece => piece.Field is null).Select(piece => piece.Origin.Source).Distinct();

    /// <summary>Floats of a layer's weights as <see cref="Pack"/> leaves them.</summary>
    public long PackedLength(int width) => Products(width) + (Tables?.Length(width) ?? 0);

    /// <summary>Floats that <see cref="Pack"/> works in.</summary>
    public long Room(int width) => Math.Max((long)Width * width, Tables?.Room(width) ?? 0);

    /// <summary>Packs a layer's weights of these columns, and what is looked up.</summary>
    public void Pack(float* packed, float* room, float* weights, int width)
    {
        var to = room;
        foreach (var piece in _pieces)
        {
            Elementwise.Copy(to, weights + (long)piece.Column * width, (long)piece.Length * width);
            to += (long)piece.Length * width;
        }

        Gemm.Pack(packed, room, width, Width, width);
        Tables?.Pack(packed + Products(width), room, weights, width);
    }

    /// <summary>Brings the columns of a shard's first rows together.</summary>
    /// <param name="frame">The shard.</param>
    /// <param name="rows">How many.</param>
    /// <param name="to">[rows, <see cref="Stride"/>] the columns, and behind them, as integers, the rows of the tables.</param>
    public void Bring(Frame frame, int rows, float* to)
    {
        var at = to;
        foreach (var piece in _pieces)
        {
            if (piece.Field is { } field)
            {
                for (var r = 0; r < rows; r++)
                    Elementwise.Copy(at + (long)r * Stride, _store.RowPointer(field.Lookup.Table, field.Limits.First + field.Value(frame, r)), field.Width);
            }
            else
            {
                var from = frame.Value(piece.Origin.Source) + piece.Origin.Column;
                for (var r = 0; r < rows; r++) Elementwise.Copy(at + (long)r * Stride, from + (long)r * piece.Origin.Source.Width, piece.Length);
            }

            at += piece.Length;
        }

        Tables?.Find(frame, rows, (int*)(to + Width), Stride);
    }

    /// <summary>y = x W (+ b) of columns [from, to) of the layer, as far as these columns go.</summary>
    /// <param name="y">[rows, width].</param>
    /// <param name="x">What <see cref="Bring"/> brought.</param>
    /// <param name="packed">What <see cref="Pack"/> packed.</param>
    /// <param name="bias">[width], or null.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="width">The layer's outputs.</param>
    /// <param name="from">The first column, where a panel begins.</param>
    /// <param name="to">The column behind the last.</param>
    /// <param name="relu">Whether what is negative becomes 0.</param>
    public void Multiply(float* y, float* x, float* packed, float* bias, int rows, int width, int from, int to, bool relu)
    {
        Gemm.Multiply(y + from, width, x, Stride, packed + (long)Width * from, bias is null ? null : bias + from, rows, Width, to - from, relu && Tables is null, accumulate: false);
        if (Tables is not null) BlockedSums.Add(y, width, from, to, packed + Products(width), width, Tables.Rows, (int*)(x + Width), Stride, Tables.Count, rows, relu);
    }

    private long Products(int width) => AlignedBlock.Round((long)Gemm.PackedLength(Width, width));

    // columns side by side: of a field's embedding, or of what an op computes
    private sealed record Piece(int Column, int Length, InputField? Field, ColumnOrigin Origin);
}
