using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Sundry.Data;

/// <summary>
/// Standardising: (t − mean) / deviation within ±<see cref="Limit"/>, where t is the value, or sign(x)·log(1 + |x| / unit) where the tail is heavy. The limit keeps
/// one outlandish value from throwing training off its course.
/// </summary>
/// <param name="LogUnit">The unit of the logarithm; 0 where there is none.</param>
/// <param name="Mean">The mean of t over the training rows.</param>
/// <param name="Deviation">Its standard deviation, above 0.</param>
internal readonly record struct NumberScale(double LogUnit, double Mean, double Deviation)
{
    /// <summary>The largest standardised value.</summary>
    public const double Limit = 8;

    /// <summary>The value before standardising.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Transform(double value, double logUnit) => logUnit > 0 ? Math.CopySign(Math.Log(1 + Math.Abs(value) / logUnit), value) : value;

    /// <summary>The standardised value.</summary>
    public float Apply(double value) => (float)Math.Clamp((Transform(value, LogUnit) - Mean) / Deviation, -Limit, Limit);

    public static NumberScale Read(JsonElement json)
    {
        var scale = new NumberScale(json.GetProperty("log_unit").GetDouble(), json.GetProperty("mean").GetDouble(), json.GetProperty("deviation").GetDouble());
        if (!(double.IsFinite(scale.Mean) && scale.Deviation > 0 && double.IsFinite(scale.Deviation) && scale.LogUnit >= 0 && double.IsFinite(scale.LogUnit)))
            throw new InvalidDataException("the encoder is damaged: a scale is out of bounds");
        return scale;
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("log_unit", LogUnit);
        json.WriteNumber("mean", Mean);
        json.WriteNumber("deviation", Deviation);
        json.WriteEndObject();
    }
}
