using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Sundry.Data;

/// <summary>
/// A numeric feature as how far its value has come through each interval between quantiles: 1 for those that lie below it, 0 for those above, and the part that it has crossed of its
/// own (Gorishniy, Rubachev and Babenko, 2022). Beyond the ends it goes on as it went, by one interval at most. Missing is 0 everywhere, with a mark.
/// </summary>
internal sealed class PiecewiseEncoder(string name, int? embedding, float[] bounds, bool indicator) : FeatureEncoder(name, embedding)
{
    public const string Kind = "piecewise";

    public override int IdCount => 0;

    public override int NumberCount => Pieces + (indicator ? 1 : 0);

    public override int Pieces => bounds.Length - 1;

    public override void Describe(List<IdField> ids, List<BagField> bags, List<string> numbers)
    {
        for (int i = 1; i <= Pieces; i++) numbers.Add($"{Name}:{i}");
        if (indicator) numbers.Add(Name + ":missing");
    }

    public override string? Encode(ReadOnlySpan<byte> field, bool missing, MissingTexts texts, Span<int> ids, Span<float> numbers, IntList bag)
    {
        float value = float.NaN;
        if (!missing && !NumberText.TryParse(field, out value)) return NumberEncoder.Problem(field);
        Encode(value, numbers);
        return null;
    }

    /// <summary>Encodes a value; NaN is a missing one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Encode(float value, Span<float> numbers)
    {
        bool missing = float.IsNaN(value);
        int last = Pieces - 1;
        for (int i = 0; i <= last; i++)
        {
            float part = missing ? 0 : (float)(((double)value - bounds[i]) / ((double)bounds[i + 1] - bounds[i]));
            numbers[i] = Math.Clamp(part, i == 0 && !missing ? -1 : 0, i == last && !missing ? 2 : 1);
        }

        if (indicator) numbers[last + 1] = missing ? 1 : 0;
    }

    public static PiecewiseEncoder ReadBody(string name, int? embedding, JsonElement json)
    {
        var list = json.GetProperty("bounds");
        Check(list.GetArrayLength() is >= 2 and <= 1 << 16, "the number of intervals");
        var bounds = new float[list.GetArrayLength()];
        for (int i = 0; i < bounds.Length; i++)
        {
            bounds[i] = list[i].GetSingle();
            Check(float.IsFinite(bounds[i]) && (i == 0 || bounds[i] > bounds[i - 1]), "an interval's bound");
        }

        return new PiecewiseEncoder(name, embedding, bounds, json.GetProperty("indicator").GetBoolean());
    }

    protected override void WriteBody(Utf8JsonWriter json, bool writesTable)
    {
        json.WriteString("kind", Kind);
        json.WriteBoolean("indicator", indicator);
        json.WriteStartArray("bounds");
        foreach (float bound in bounds) json.WriteNumberValue(bound);
        json.WriteEndArray();
    }
}
