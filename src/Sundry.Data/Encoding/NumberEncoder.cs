using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Sundry.Data;

/// <summary>
/// A numeric feature: its standardised value, a mark of its absence, the id of its quantile bucket, each where wanted. Missing is 0 when standardised,
/// which is the mean.
/// </summary>
internal sealed class NumberEncoder(string name, int? embedding, NumberScale? scale, bool indicator, float[]? edges, bool missingRow) : FeatureEncoder(name, embedding)
{
    public const string Kind = "numeric";

    private readonly int _first = missingRow ? 2 : 1;

    public override int IdCount => edges is null ? 0 : 1;

    public override int NumberCount => (scale is null ? 0 : 1) + (indicator ? 1 : 0);

    /// <summary>How many rows the buckets' table has; 0 without buckets.</summary>
    public int Rows => edges is null ? 0 : _first + edges.Length + 1;

    public override void Describe(List<IdField> ids, List<BagField> bags, List<string> numbers)
    {
        if (edges is not null) ids.Add(new IdField(Name + ":bucket", Name, Rows, Embedding));
        if (scale is not null) numbers.Add(Name);
        if (indicator) numbers.Add(Name + ":missing");
    }

    public override string? Encode(ReadOnlySpan<byte> field, bool missing, MissingTexts texts, Span<int> ids, Span<float> numbers, IntList bag)
    {
        float value = float.NaN;
        if (!missing && !NumberText.TryParse(field, out value)) return Problem(field);
        Encode(value, ids, numbers);
        return null;
    }

    /// <summary>Encodes a value; NaN is a missing one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Encode(float value, Span<int> ids, Span<float> numbers)
    {
        bool missing = float.IsNaN(value);
        int next = 0;
        if (scale is { } s) numbers[next++] = missing ? 0 : s.Apply(value);
        if (indicator) numbers[next] = missing ? 1 : 0;
        if (edges is not null) ids[0] = missing ? _first - 1 : _first + Bucket(edges, value);
    }

    /// <summary>What is wrong with a field that is no number.</summary>
    public static string Problem(ReadOnlySpan<byte> field) =>
        $"{FieldText.Quote(field)} is not a number; mend it, add it to data.missing, or make the feature categorical";

    /// <summary>How many of the edges lie below the value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Bucket(float[] edges, float value)
    {
        // without a branch that depends on the value: none could be foretold
        int low = 0;
        int left = edges.Length;
        while (left > 0)
        {
            int half = (left + 1) >>> 1;
            low += edges[low + half - 1] < value ? half : 0;
            left -= half;
        }

        return low;
    }

    public static NumberEncoder ReadBody(string name, int? embedding, JsonElement json)
    {
        NumberScale? scale = json.TryGetProperty("scale", out var s) ? NumberScale.Read(s) : null;
        float[]? edges = null;
        if (json.TryGetProperty("edges", out var list))
        {
            edges = new float[list.GetArrayLength()];
            Check(edges.Length <= 1 << 20, "the number of buckets");
            for (int i = 0; i < edges.Length; i++)
            {
                edges[i] = list[i].GetSingle();
                Check(float.IsFinite(edges[i]) && (i == 0 || edges[i] > edges[i - 1]), "a bucket's edge");
            }
        }

        bool missingRow = json.GetProperty("missing_row").GetBoolean();
        return new NumberEncoder(name, embedding, scale, json.GetProperty("indicator").GetBoolean(), edges, missingRow);
    }

    protected override void WriteBody(Utf8JsonWriter json)
    {
        json.WriteString("kind", Kind);
        if (scale is { } s)
        {
            json.WritePropertyName("scale");
            s.Write(json);
        }

        json.WriteBoolean("indicator", indicator);
        json.WriteBoolean("missing_row", missingRow);
        if (edges is null) return;
        json.WriteStartArray("edges");
        foreach (float edge in edges) json.WriteNumberValue(edge);
        json.WriteEndArray();
    }
}
