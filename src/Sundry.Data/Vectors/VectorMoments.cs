using System.Text.Json;

namespace Sundry.Data;

/// <summary>Means and deviations of the numbers of vectors, place by place, and what they make of a vector. A number that never differs becomes 0.</summary>
internal sealed class VectorMoments(int width)
{
    private readonly double[] _sums = new double[width];
    private readonly double[] _squares = new double[width];
    // a shift near the mean, so that the squares' difference keeps its digits
    private readonly double[] _shift = new double[width];
    private readonly float[] _mean = new float[width];
    private readonly float[] _factor = new float[width];
    private long _count;

    /// <summary>Counts a vector.</summary>
    public void Add(ReadOnlySpan<float> vector)
    {
        for (int i = 0; i < width; i++)
        {
            if (_count == 0) _shift[i] = vector[i];
            double d = vector[i] - _shift[i];
            _sums[i] += d;
            _squares[i] += d * d;
        }

        _count++;
    }

    /// <summary>Ends the counting.</summary>
    public void Fit()
    {
        for (int i = 0; i < width && _count > 0; i++)
        {
            double mean = _sums[i] / _count;
            double deviation = Math.Sqrt(Math.Max(0, _squares[i] / _count - mean * mean));
            _mean[i] = (float)(mean + _shift[i]);
            _factor[i] = deviation > 1e-12 * Math.Max(1, Math.Abs(_mean[i])) ? (float)(1 / deviation) : 0;
        }
    }

    /// <summary>Standardises a vector, no number beyond ±8.</summary>
    public void Apply(Span<float> vector)
    {
        for (int i = 0; i < width; i++) vector[i] = Math.Clamp((vector[i] - _mean[i]) * _factor[i], -8, 8);
    }

    /// <summary>Writes it into an open JSON object.</summary>
    public void Write(Utf8JsonWriter json)
    {
        Write(json, "means", _mean);
        Write(json, "factors", _factor);
    }

    /// <summary>Reads what <see cref="Write(Utf8JsonWriter)"/> wrote.</summary>
    public static VectorMoments Read(JsonElement json, int width)
    {
        var moments = new VectorMoments(width);
        Read(json.GetProperty("means"), moments._mean);
        Read(json.GetProperty("factors"), moments._factor);
        return moments;
    }

    private static void Write(Utf8JsonWriter json, string key, float[] numbers)
    {
        json.WriteStartArray(key);
        foreach (float number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static void Read(JsonElement list, float[] numbers)
    {
        if (list.GetArrayLength() != numbers.Length) throw new InvalidDataException("the encoder is damaged: a vector's means are not as many as its numbers");
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = list[i].GetSingle();
            if (!float.IsFinite(numbers[i])) throw new InvalidDataException("the encoder is damaged: a vector's mean is no number");
        }
    }
}
