using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sundry.Data;

/// <summary>A categorical feature on its way to an id.</summary>
internal sealed class CategoryColumn(string name, FeatureOptions options, ValueTable table) : FeatureColumn(name, options)
{
    private readonly ValueCounts _values = new(table, missingRow: true);
    private readonly int[] _codes = new int[ProvisionalFile.BlockRows];
    private int[] _rows = [];

    public override string? Collect(ReadOnlySpan<byte> field, int row)
    {
        _codes[row] = _values.Code(field);
        return null;
    }

    public override void TakeNone(int row) => _codes[row] = 0;

    public override void Write(Stream stream, int rows) => stream.Write(MemoryMarshal.AsBytes(_codes.AsSpan(0, rows)));

    public override void Read(Stream stream, int rows) => stream.ReadExactly(MemoryMarshal.AsBytes(_codes.AsSpan(0, rows)));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Count(ReadOnlySpan<Part> parts)
    {
        var counts = _values.Counters();
        for (int i = 0; i < parts.Length; i++)
            if (parts[i] == Part.Train) counts[_codes[i]]++;
    }

    public override FeatureSummary Fit()
    {
        var vocabulary = _values.Fit(out var top);
        var dropped = _values.Used > 1 ? null
            : _values.Missing > 0 ? "it is missing in every training row"
            : _values.Unknown > 0 ? $"no value occurs in {Options.MinCount} training rows"
            : "it is the same in every training row";
        if (dropped is null)
        {
            Encoder = new CategoryEncoder(Name, Options.Embedding, vocabulary) { Table = Options.Table, Of = Options.Of };
            _rows = _values.Rows(vocabulary);
        }

        return new FeatureSummary(Name, CategoryEncoder.Kind, _values.Words(vocabulary), _values.Distinct, _values.Missing, _values.Unknown, vocabulary.Rows, top, null, null, null, null, dropped);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Encode(int[] records, int stride, int id, int number, int rows)
    {
        var table = _rows;
        for (int i = 0; i < rows; i++) records[i * stride + id] = table[_codes[i]];
    }
}
