namespace Sundry.Data;

/// <summary>Reads sample weights.</summary>
internal static class WeightText
{
    /// <summary>Reads a weight; null, or what is wrong with it.</summary>
    public static string? Read(ReadOnlySpan<byte> field, out float weight)
    {
        if (!NumberText.TryParse(field, out weight)) return $"{FieldText.Quote(field)} is not a number, which the row's weight must be";
        return weight < 0 ? $"{FieldText.Quote(field)} is below 0, which the row's weight cannot be" : null;
    }
}
