namespace Sundry.Compute;

/// <summary>
/// Fields of few values in front of a layer of a scoring plan: x W is a sum over fields, and what a value of a field adds to it is computed once, when weights are packed, and from then on looked up and added. An
/// addition takes the place of as many multiplications as the embedding is wide.
/// </summary>
internal sealed unsafe class FieldTables
{
    // narrower than this the multiplications cost no more than the reading
    private const int LeastWidth = 8;

    private readonly ParameterStore _store;
    private readonly InputField[] _fields;
    // where each field's values begin among those of all
    private readonly int[] _starts;

    private FieldTables(ParameterStore store, InputField[] fields)
    {
        (_store, _fields, _starts) = (store, fields, new int[fields.Length]);
        for (var f = 0; f < fields.Length; f++)
        {
            _starts[f] = Rows;
            Rows += fields[f].Limits.Count;
        }
    }

    /// <summary>How many fields there are.</summary>
    public int Count => _fields.Length;

    /// <summary>Values of all of them.</summary>
    public int Rows { get; private set; }

    /// <summary>Takes the fields of fewest values, as far as there is memory.</summary>
    /// <param name="store">The weights.</param>
    /// <param name="fields">The fields.</param>
    /// <param name="rows">How many values there is memory for; less what is taken.</param>
    /// <returns>Null where none is taken.</returns>
    public static FieldTables? Choose(ParameterStore store, IEnumerable<InputField> fields, ref long rows)
    {
        var taken = new List<InputField>();
        foreach (var field in fields.Where(field => field.Width >= LeastWidth).OrderBy(field => field.Limits.Count))
        {
            if (field.Limits.Count > rows) break;
            rows -= field.Limits.Count;
            taken.Add(field);
        }

        return taken.Count == 0 ? null : new FieldTables(store, [.. taken]);
    }

    /// <summary>Whether a column of the input is one of theirs.</summary>
    public bool Has(int column) => Array.Exists(_fields, field => column >= field.Column && column < field.Column + field.Width);

    /// <summary>Floats of the table of a layer.</summary>
    public long Length(int width) => AlignedBlock.Round((long)Rows * BlockedSums.Padded(width));

    /// <summary>Floats that <see cref="Pack"/> works in.</summary>
    public long Room(int width) => (long)_fields.Max(field => Gemm.PackedLength(field.Width, Math.Min(BlockedSums.Block, width)));

    /// <summary>Computes what each value comes to behind a layer.</summary>
    /// <param name="table">The table, as <see cref="BlockedSums"/> reads it.</param>
    /// <param name="room">Memory to work in.</param>
    /// <param name="weights">[input, width] the layer's weights.</param>
    /// <param name="width">Its outputs.</param>
    public void Pack(float* table, float* room, float* weights, int width)
    {
        Elementwise.Fill(table, 0, Length(width));
        for (var f = 0; f < _fields.Length; f++)
        {
            var field = _fields[f];
            var embeddings = _store.RowPointer(field.Lookup.Table, field.Limits.First);
            for (var start = 0; start < width; start += BlockedSums.Block)
            {
                var (columns, stride) = (Math.Min(BlockedSums.Block, width - start), BlockedSums.Stride(width, start));
                Gemm.Pack(room, weights + (long)field.Column * width + start, width, field.Width, columns);
                Gemm.Multiply(table + (long)Rows * start + (long)_starts[f] * stride, stride, embeddings, _store.Stride(field.Lookup.Table), room, null, field.Limits.Count, field.Width, columns, relu: false, accumulate: false);
            }
        }
    }

    /// <summary>Finds the rows of the table that the first rows of a shard name.</summary>
    /// <param name="frame">The shard.</param>
    /// <param name="rows">How many.</param>
    /// <param name="named">[rows, <see cref="Count"/>], row stride <paramref name="ldn"/>.</param>
    /// <param name="ldn">Numbers from one row of these to the next.</param>
    /// <exception cref="ArgumentOutOfRangeException">An id is none of its field's.</exception>
    public void Find(Frame frame, int rows, int* named, int ldn)
    {
        for (var f = 0; f < _fields.Length; f++)
            for (var r = 0; r < rows; r++)
                named[(long)r * ldn + f] = _starts[f] + _fields[f].Value(frame, r);
    }
}
