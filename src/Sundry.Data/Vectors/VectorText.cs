namespace Sundry.Data;

/// <summary>Reads the numbers of a vector from a field.</summary>
internal static class VectorText
{
    /// <summary>The most numbers that a vector may have.</summary>
    public const int Most = 1 << 12;

    /// <summary>Reads them; null, or what is wrong with the field.</summary>
    /// <param name="field">The numbers with a separator between two, or a list in JSON.</param>
    /// <param name="separator">The separator.</param>
    /// <param name="missing">The texts of missing values; where one of the numbers is missing, the vector is.</param>
    /// <param name="numbers">Receives the numbers.</param>
    /// <param name="count">How many there are; 0 where the vector is missing.</param>
    public static string? Read(ReadOnlySpan<byte> field, ReadOnlySpan<byte> separator, MissingTexts missing, ref float[] numbers, out int count)
    {
        count = 0;
        if (missing.Contains(field)) return null;
        bool absent = field.EndsWith(separator);
        int found = 0;
        while (BagEncoder.Next(ref field, separator, out var text))
        {
            if (found == Most) return $"a vector has more than {Most} numbers; give it a file";
            if (found == numbers.Length) Array.Resize(ref numbers, Math.Max(16, found * 2));
            if (NumberText.TryParse(text, out numbers[found])) found++;
            else if (missing.Contains(text)) absent = true;
            else return $"{FieldText.Quote(text)} is not a number, and a vector has numbers alone; mend it, or add it to data.missing";
        }

        count = absent ? 0 : found;
        return null;
    }

    /// <summary>Scales a vector to length 1; zeros stay.</summary>
    public static void Normalize(Span<float> vector)
    {
        double squares = 0;
        foreach (float number in vector) squares += (double)number * number;
        if (squares == 0) return;
        double share = 1 / Math.Sqrt(squares);
        foreach (ref float number in vector) number = (float)(number * share);
    }
}
