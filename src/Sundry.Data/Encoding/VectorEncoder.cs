using System.Text;
using System.Text.Json;

namespace Sundry.Data;

/// <summary>A vector in the table's own columns: its numbers, scaled, and a mark of its absence; zeros where it is missing.</summary>
internal sealed class VectorEncoder(string name, int? embedding, IReadOnlyList<string> columns, string separator, int width, VectorScale scale, VectorMoments? moments)
    : FeatureEncoder(name, embedding, columns)
{
    public const string Kind = "vector";

    [ThreadStatic]
    private static float[]? t_numbers;

    private readonly byte[] _separator = Encoding.UTF8.GetBytes(separator);

    public override int Pieces => width;

    public override ReadOnlySpan<byte> Joint => _separator;

    public override int IdCount => 0;

    public override int NumberCount => width + 1;

    public override void Describe(List<IdField> ids, List<BagField> bags, List<string> numbers)
    {
        for (int i = 0; i < width; i++) numbers.Add($"{Name}:{i}");
        numbers.Add(Name + ":missing");
    }

    public override string? Encode(ReadOnlySpan<byte> field, bool missing, MissingTexts texts, Span<int> ids, Span<float> numbers, IntList bag)
    {
        var found = t_numbers ??= [];
        var problem = VectorText.Read(field, _separator, texts, ref found, out int count);
        t_numbers = found;
        if (problem is not null) return problem;
        if (count != 0 && count != width) return Problem(count, width);
        Encode(found.AsSpan(0, count), numbers);
        return null;
    }

    /// <summary>Encodes a vector; an empty one is missing.</summary>
    public void Encode(ReadOnlySpan<float> vector, Span<float> numbers)
    {
        numbers[width] = vector.IsEmpty ? 1 : 0;
        numbers = numbers[..width];
        numbers.Clear();
        if (vector.IsEmpty) return;
        vector.CopyTo(numbers);
        if (scale == VectorScale.L2) VectorText.Normalize(numbers);
        else moments?.Apply(numbers);
    }

    /// <summary>What is wrong with a vector of another width.</summary>
    public static string Problem(int count, int width) => $"the vector has {count} numbers, and the first one has {width}; give all the same";

    public static VectorEncoder ReadBody(string name, int? embedding, IReadOnlyList<string> columns, JsonElement json)
    {
        var separator = json.GetProperty("separator").GetString()!;
        int width = json.GetProperty("width").GetInt32();
        Check(separator.Length > 0 && width is >= 1 and <= VectorText.Most, "a vector's width");
        Check(Enum.TryParse(json.GetProperty("scale").GetString(), out VectorScale scale) && Enum.IsDefined(scale), "a vector's scale");
        return new VectorEncoder(name, embedding, columns, separator, width, scale, scale == VectorScale.Standard ? VectorMoments.Read(json, width) : null);
    }

    protected override void WriteBody(Utf8JsonWriter json, bool writesTable)
    {
        json.WriteString("kind", Kind);
        json.WriteString("separator", separator);
        json.WriteNumber("width", width);
        json.WriteString("scale", scale.ToString());
        moments?.Write(json);
    }
}
