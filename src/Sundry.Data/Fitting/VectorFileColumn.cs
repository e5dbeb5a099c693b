using System.Runtime.InteropServices;
using System.Text;

namespace Sundry.Data;

/// <summary>The keys of a file's vectors on their way to rows of a table that is not trained.</summary>
internal sealed class VectorFileColumn : FeatureColumn
{
    private readonly MissingTexts _missing;
    private readonly string _path;
    private readonly Vocabulary _keys;
    private readonly int[] _ids = new int[ProvisionalFile.BlockRows];
    private readonly bool[] _seen;
    private long _absent;
    private long _unknown;
    private readonly int _width;

    public VectorFileColumn(string name, FeatureOptions options, MissingTexts missing, string folder)
        : base(name, options)
    {
        _missing = missing;
        folder = Path.GetFullPath(folder);
        _path = Path.GetFullPath(options.File!, folder);
        var keysPath = Path.GetFullPath(options.Keys!, folder);
        using var file = NpyFile.Open(_path);
        var keys = ReadKeys(keysPath, file.Rows);
        if (keys.Count != file.Rows) throw new InputException($"it has {keys.Count} keys, and {options.File} has {file.Rows} vectors; give one key for each, in the same order", keysPath);
        _width = file.Width;
        _keys = Vocabulary.Of(keys, missing: true);
        _seen = new bool[_keys.Rows];
    }

    public override string? Collect(ReadOnlySpan<byte> field, int row)
    {
        _ids[row] = _missing.Contains(field) ? _keys.Missing : _keys.Row(field);
        return null;
    }

    public override void TakeNone(int row) => _ids[row] = _keys.Missing;

    public override void Write(Stream stream, int rows) => stream.Write(MemoryMarshal.AsBytes(_ids.AsSpan(0, rows)));

    public override void Read(Stream stream, int rows) => stream.ReadExactly(MemoryMarshal.AsBytes(_ids.AsSpan(0, rows)));

    public override void Count(ReadOnlySpan<Part> parts)
    {
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i] != Part.Train) continue;
            if (_ids[i] == _keys.Missing) _absent++;
            else if (_ids[i] == 0) _unknown++;
            else _seen[_ids[i]] = true;
        }
    }

    public override FeatureSummary Fit()
    {
        int known = _seen.Count(static seen => seen);
        var dropped = known > 0 ? null : _unknown > 0 ? $"no training row holds a key of {Options.Keys}" : "it is missing in every training row";
        if (dropped is null) Encoder = new VectorFileEncoder(Name, Options.Embedding, Columns, _keys, new VectorTable(_width, _keys.Rows));
        return new FeatureSummary(Name, VectorEncoder.Kind, $"{_keys.Rows - 2} vectors of {_width} numbers, {VectorColumn.Words(Options.Normalize)}", known, _absent, _unknown, 0, [], null, null, null, null, dropped);
    }

    public override void Save(string folder)
    {
        using var file = NpyFile.Open(_path);
        if (file.Width != _width || file.Rows != _keys.Rows - 2) throw new InputException("it was changed while it was read; prepare the data again", _path);
        var vector = new float[_width];
        VectorMoments? moments = null;
        if (Options.Normalize == VectorScale.Standard)
        {
            moments = new VectorMoments(_width);
            for (int row = 2; row < _keys.Rows; row++)
            {
                if (!_seen[row]) continue;
                file.Read(row - 2, vector);
                moments.Add(vector);
            }

            moments.Fit();
        }

        using var stream = new FileStream(Path.Combine(folder, VectorTable.FileName(Name)), FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        for (int row = 0; row < _keys.Rows; row++)
        {
            vector.AsSpan().Clear();
            if (row >= 2)
            {
                file.Read(row - 2, vector);
                if (Options.Normalize == VectorScale.L2) VectorText.Normalize(vector);
                else moments?.Apply(vector);
            }

            stream.Write(MemoryMarshal.AsBytes(vector.AsSpan()));
        }
    }

    public override void Encode(int[] records, int stride, int id, int number, int rows)
    {
        for (int i = 0; i < rows; i++)
        {
            records[i * stride + id] = _ids[i];
            records[i * stride + number] = BitConverter.SingleToInt32Bits(_ids[i] <= _keys.Missing ? 1 : 0);
        }
    }

    private static ByteDictionary ReadKeys(string path, long most)
    {
        try
        {
            using var reader = new StreamReader(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
            var keys = new ByteDictionary();
            for (int line = 1; reader.ReadLine() is { } key; line++)
            {
                if (line > most) throw new InputException($"it has more keys than the file has vectors, which are {most}; give one key for each, in the same order", path, line);
                if (keys.FindOrAdd(Encoding.UTF8.GetBytes(key)) != line - 1) throw new InputException($"the key '{key}' occurs twice; give each vector a key of its own", path, line);
            }

            return keys;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw new InputException($"the keys cannot be read ({e.Message.TrimEnd('.')}); give a text with one key a line", path, inner: e);
        }
    }
}
