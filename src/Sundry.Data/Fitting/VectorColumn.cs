using System.Runtime.InteropServices;
using System.Text;

namespace Sundry.Data;

/// <summary>A vector in the table's own columns on its way to scaled numbers. The first one says how many numbers all have.</summary>
internal sealed class VectorColumn(string name, FeatureOptions options, MissingTexts missing) : FeatureColumn(name, options)
{
    private readonly byte[] _separator = Encoding.UTF8.GetBytes(options.Separator);
    private readonly bool[] _present = new bool[ProvisionalFile.BlockRows];
    private float[] _found = [];
    private float[] _block = [];
    private int _width;
    private VectorMoments? _moments;
    private long _absent;
    private VectorEncoder? _encoder;

    public override ReadOnlySpan<byte> Joint => _separator;

    public override string? Collect(ReadOnlySpan<byte> field, int row)
    {
        _present[row] = false;
        if (VectorText.Read(field, _separator, missing, ref _found, out int count) is { } problem) return problem;
        if (count == 0) return null;
        if (_width == 0)
        {
            _width = count;
            _block = new float[ProvisionalFile.BlockRows * _width];
        }

        if (count != _width) return VectorEncoder.Problem(count, _width);
        _found.AsSpan(0, count).CopyTo(_block.AsSpan(row * _width));
        _present[row] = true;
        return null;
    }

    public override void TakeNone(int row) => _present[row] = false;

    public override void Write(Stream stream, int rows)
    {
        stream.Write(MemoryMarshal.AsBytes(_present.AsSpan(0, rows)));
        for (int i = 0; i < rows; i++)
            if (_present[i]) stream.Write(MemoryMarshal.AsBytes(_block.AsSpan(i * _width, _width)));
    }

    public override void Read(Stream stream, int rows)
    {
        stream.ReadExactly(MemoryMarshal.AsBytes(_present.AsSpan(0, rows)));
        for (int i = 0; i < rows; i++)
            if (_present[i]) stream.ReadExactly(MemoryMarshal.AsBytes(_block.AsSpan(i * _width, _width)));
    }

    public override void Count(ReadOnlySpan<Part> parts)
    {
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i] != Part.Train) continue;
            if (_present[i]) (_moments ??= new VectorMoments(_width)).Add(_block.AsSpan(i * _width, _width));
            else _absent++;
        }
    }

    public override FeatureSummary Fit()
    {
        _moments?.Fit();
        var dropped = _moments is null ? "it is missing in every training row" : null;
        if (dropped is null) Encoder = _encoder = new VectorEncoder(Name, Options.Embedding, Columns, Options.Separator, _width, Options.Normalize, Options.Normalize == VectorScale.Standard ? _moments : null);
        return new FeatureSummary(Name, VectorEncoder.Kind, $"{_width} numbers, {Words(Options.Normalize)}", 0, _absent, 0, 0, [], null, null, null, null, dropped);
    }

    public override void Encode(int[] records, int stride, int id, int number, int rows)
    {
        var floats = MemoryMarshal.Cast<int, float>(records.AsSpan());
        for (int i = 0; i < rows; i++) _encoder!.Encode(_present[i] ? _block.AsSpan(i * _width, _width) : default, floats.Slice(i * stride + number, _width + 1));
    }

    /// <summary>How vectors are scaled, in words.</summary>
    public static string Words(VectorScale scale) => scale switch
    {
        VectorScale.Standard => "standardised",
        VectorScale.L2 => "of length 1",
        _ => "as they are",
    };
}
