using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>
/// Named tensors in a <c>.safetensors</c> file, as Hugging Face models have them: eight bytes of length, a JSON header of names, types, shapes and places, then the numbers. Nothing
/// is believed before it is held against the file's length, and nothing in the file is run.
/// </summary>
public sealed class SafeTensors : IDisposable
{
    private const int LongestHeader = 100 << 20;
    private const int MostDimensions = 8;

    private readonly FileStream _file;
    private readonly string _path;
    private readonly long _start;
    private readonly Dictionary<string, Entry> _entries;

    private SafeTensors(FileStream file, string path, long start, Dictionary<string, Entry> entries)
    {
        _file = file;
        _path = path;
        _start = start;
        _entries = entries;
    }

    /// <summary>The tensors' names.</summary>
    public IReadOnlyCollection<string> Names => _entries.Keys;

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="InputException">It cannot be opened, is no such file, or its header does not fit the file.</exception>
    public static SafeTensors Open(string path)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"it cannot be opened ({e.Message.TrimEnd('.')}); give a model folder with config.json, vocab.txt and model.safetensors", path, inner: e);
        }

        try
        {
            return Read(file, path);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>A tensor's shape.</summary>
    /// <exception cref="InputException">There is no such tensor.</exception>
    public IReadOnlyList<int> Shape(string name) => Find(name).Shape;

    /// <summary>Whether there is such a tensor.</summary>
    public bool Has(string name) => _entries.ContainsKey(name);

    /// <summary>Reads a tensor, its last dimension running fastest.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">The shape that it must have.</param>
    /// <returns>Its numbers.</returns>
    /// <exception cref="InputException">There is no such tensor, it has another shape, or holds what is not finite.</exception>
    public float[] Read(string name, params ReadOnlySpan<int> shape)
    {
        var entry = Find(name);
        if (!shape.SequenceEqual(entry.Shape)) throw Damaged($"the tensor '{name}' has the shape {Words(entry.Shape)}, and the model's settings ask for {Words(shape)}");
        var numbers = new float[entry.Count];
        var buffer = new byte[Math.Min(1 << 16, Math.Max(1, entry.Bytes))];
        _file.Position = _start + entry.Begin;
        int size = entry.Code.Bytes();
        for (int done = 0; done < numbers.Length;)
        {
            int count = Math.Min(buffer.Length / size, numbers.Length - done);
            _file.ReadExactly(buffer, 0, count * size);
            entry.Code.Read(buffer, numbers.AsSpan(done, count));
            done += count;
        }

        foreach (float number in numbers)
            if (!float.IsFinite(number)) throw Damaged($"the tensor '{name}' holds {number.ToString(CultureInfo.InvariantCulture)}");
        return numbers;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static SafeTensors Read(FileStream file, string path)
    {
        Span<byte> prefix = stackalloc byte[8];
        if (file.ReadAtLeast(prefix, 8, throwOnEndOfStream: false) < 8) throw Damaged("it is shorter than a header", path);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > LongestHeader || length > (ulong)(file.Length - 8)) throw Damaged($"its header claims {length} bytes, and the file has {file.Length}", path);
        var header = new byte[(int)length];
        file.ReadExactly(header);
        long room = file.Length - 8 - (long)length;
        try
        {
            using var json = JsonDocument.Parse(header, new JsonDocumentOptions { MaxDepth = 8 });
            var entries = new Dictionary<string, Entry>(StringComparer.Ordinal);
            foreach (var property in json.RootElement.EnumerateObject())
            {
                if (property.Name == "__metadata__") continue;
                if (!entries.TryAdd(property.Name, ReadEntry(property, room, path))) throw Damaged($"the tensor '{property.Name}' occurs twice", path);
            }

            return new SafeTensors(file, path, 8 + (long)length, entries);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw Damaged("its header is not JSON of names, types, shapes and places", path);
        }
    }

    private static Entry ReadEntry(JsonProperty property, long room, string path)
    {
        var type = property.Value.GetProperty("dtype").GetString();
        NumberCode? code = type switch
        {
            "F32" => NumberCode.Single,
            "F64" => NumberCode.Double,
            "F16" => NumberCode.Half,
            "BF16" => NumberCode.BrainFloat,
            "I64" or "I32" or "I16" or "I8" or "U8" or "BOOL" => null,
            _ => throw Damaged($"the tensor '{property.Name}' is of the type '{type}', which is unknown here", path),
        };
        var sizes = property.Value.GetProperty("shape");
        if (sizes.GetArrayLength() > MostDimensions) throw Damaged($"the tensor '{property.Name}' has {sizes.GetArrayLength()} dimensions", path);
        var shape = new List<int>();
        long count = 1;
        foreach (var size in sizes.EnumerateArray())
        {
            shape.Add(size.GetInt32());
            if (shape[^1] < 0) throw Damaged($"the tensor '{property.Name}' has a negative size", path);
            count = Math.Min(count * shape[^1], (long)int.MaxValue + 1);
        }

        var places = property.Value.GetProperty("data_offsets");
        if (places.GetArrayLength() != 2) throw Damaged($"the tensor '{property.Name}' does not say where it begins and ends", path);
        long begin = places[0].GetInt64();
        long end = places[1].GetInt64();
        if (begin < 0 || end < begin || end > room) throw Damaged($"the tensor '{property.Name}' lies outside the file", path);
        // whole numbers, such as the positions that some models carry, are never asked for
        if (code is null) return new Entry(NumberCode.Single, shape, begin, 0, 0);
        if (count > int.MaxValue || end - begin != count * code.Value.Bytes()) throw Damaged($"the tensor '{property.Name}' has {end - begin} bytes, which is not what its shape needs", path);
        return new Entry(code.Value, shape, begin, (int)Math.Min(end - begin, int.MaxValue), (int)count);
    }

    private Entry Find(string name) => _entries.TryGetValue(name, out var entry) ? entry : throw Damaged($"the tensor '{name}' is missing");

    private InputException Damaged(string what) => Damaged(what, _path);

    private static InputException Damaged(string what, string path) => new($"{what}; the file is damaged or of another kind of model, so fetch it again", path);

    private static string Words(params ReadOnlySpan<int> shape) => $"[{string.Join(", ", shape.ToArray())}]";

    private static string Words(IReadOnlyList<int> shape) => Words([.. shape]);

    private sealed record Entry(NumberCode Code, IReadOnlyList<int> ShapeList, long Begin, int Bytes, int Count)
    {
        public int[] Shape { get; } = [.. ShapeList];
    }
}
