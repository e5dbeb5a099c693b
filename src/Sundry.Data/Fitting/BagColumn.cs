using System.Runtime.InteropServices;
using System.Text;

namespace Sundry.Data;

/// <summary>A multi-categorical feature or a sequence on its way to a bag of ids.</summary>
internal sealed class BagColumn(string name, FeatureOptions options, ValueTable table) : FeatureColumn(name, options), IBagColumn
{
    private readonly ValueCounts _values = new(table, missingRow: false);
    private readonly int _length = options.Kind is FeatureKind.Sequence or FeatureKind.Neighbours ? options.Most : 0;
    private readonly byte[] _separator = Encoding.UTF8.GetBytes(options.Separator);
    private readonly int[] _ends = new int[ProvisionalFile.BlockRows + 1];
    private readonly IntList _codes = new();
    private readonly IntList _ids = new();
    private long _empty;
    private int[] _rows = [];

    /// <summary>How many values the field that was collected last has, those among them that are too old to be kept.</summary>
    public int Taken { get; private set; }

    public override string? Collect(ReadOnlySpan<byte> field, int row)
    {
        _codes.Truncate(_ends[row]);
        // the whole field may be a text that means missing, and so may each value in it
        var rest = _values.IsMissing(field) ? default : field;
        while (BagEncoder.Next(ref rest, _separator, out var value))
        {
            int code = _values.Code(value);
            // of a sequence what is missing keeps its place, for others go along with it
            if (code > 0 || _length > 0) _codes.Add(code);
        }

        Taken = _codes.Count - _ends[row];
        if (_length > 0 && Taken > _length) _codes.Remove(_ends[row], Taken - _length);
        _ends[row + 1] = _codes.Count;
        return null;
    }

    /// <summary>The code of a value.</summary>
    public int Code(ReadOnlySpan<byte> value) => _values.Code(value);

    /// <summary>Takes a row's values, told by their codes.</summary>
    public void Take(int row, ReadOnlySpan<int> codes)
    {
        _codes.Truncate(_ends[row]);
        codes.CopyTo(_codes.Extend(codes.Length));
        Taken = codes.Length;
        _ends[row + 1] = _codes.Count;
    }

    public override void TakeNone(int row)
    {
        _codes.Truncate(_ends[row]);
        _ends[row + 1] = _ends[row];
        Taken = 0;
    }

    public override void Write(Stream stream, int rows)
    {
        stream.Write(MemoryMarshal.AsBytes(_ends.AsSpan(0, rows + 1)));
        stream.Write(MemoryMarshal.AsBytes(_codes.Items[.._ends[rows]]));
    }

    public override void Read(Stream stream, int rows)
    {
        stream.ReadExactly(MemoryMarshal.AsBytes(_ends.AsSpan(0, rows + 1)));
        _codes.Truncate(0);
        stream.ReadExactly(MemoryMarshal.AsBytes(_codes.Extend(_ends[rows])));
    }

    public override void Count(ReadOnlySpan<Part> parts)
    {
        var counts = _values.Counters();
        var codes = _codes.Items;
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i] != Part.Train) continue;
            if (_ends[i] == _ends[i + 1]) _empty++;
            foreach (int code in codes[_ends[i].._ends[i + 1]]) counts[code]++;
        }
    }

    public override FeatureSummary Fit()
    {
        var vocabulary = _values.Fit(out var top);
        var dropped = _values.Used > 0 && (_values.Used > 1 || _empty > 0) ? null : _values.Used == 0 ? "it is empty in every training row" : "it holds the same in every training row";
        if (dropped is null)
        {
            Encoder = new BagEncoder(Name, Options.Embedding, Options.Separator, Options.Pooling, vocabulary, Columns) { Table = Options.SharedTable, Length = _length, Tree = Options.Tree, Along = Options.Along };
            _rows = _values.Rows(vocabulary);
        }

        return new FeatureSummary(Name, _length > 0 ? BagEncoder.SequenceKind : BagEncoder.Kind, _values.Words(vocabulary), _values.Distinct, _empty, _values.Unknown, vocabulary.Rows, top, null, null, null, null, dropped);
    }

    public override void Encode(int[] records, int stride, int id, int number, int rows)
    {
        _ids.Truncate(0);
        foreach (int code in _codes.Items[.._ends[rows]]) _ids.Add(_rows[code]);
    }

    /// <summary>A row's ids, the block being encoded.</summary>
    public ReadOnlySpan<int> Ids(int row) => _ids.Items[_ends[row].._ends[row + 1]];

    /// <summary>How many ids a row has, the block being read.</summary>
    public int Length(int row) => _ends[row + 1] - _ends[row];
}
