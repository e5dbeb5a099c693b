namespace Sundry.Compute;

/// <summary>A field of a lookup of which it is known which rows its ids name, as a part of a layer's input.</summary>
/// <param name="Lookup">The lookup.</param>
/// <param name="Place">The field among those of its ids.</param>
/// <param name="Column">Where its embedding begins in the layer's input.</param>
internal sealed unsafe record InputField(LookupOp Lookup, int Place, int Column)
{
    /// <summary>Floats of its embedding.</summary>
    public int Width => Lookup.Table.Width;

    /// <summary>The rows that its ids name.</summary>
    public (int First, int Count) Limits { get; } = Lookup.Ids.LimitsOf(Place);

    /// <summary>The fields among columns of an input, those without promised limits left out.</summary>
    public static List<InputField> Among(ReadOnlySpan<ColumnOrigin> origins)
    {
        var fields = new List<InputField>();
        for (var column = 0; column < origins.Length; column++)
        {
            if (origins[column] is not { Lookup: { } lookup } first || first.Column % lookup.Table.Width != 0) continue;
            var width = lookup.Table.Width;
            if (column + width > origins.Length || origins[column + width - 1] != first with { Column = first.Column + width - 1 }) continue;
            if (lookup.Ids.LimitsOf(first.Column / width).Count > 0) fields.Add(new InputField(lookup, first.Column / width, column));
        }

        return fields;
    }

    /// <summary>Which of its values a row of a shard has.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The id is none of them.</exception>
    public int Value(Frame frame, int row)
    {
        var value = frame.Ids(Lookup.Ids)[(long)row * Lookup.Ids.Fields + Place] - Limits.First;
        return (uint)value < (uint)Limits.Count ? value : throw new ArgumentOutOfRangeException(nameof(frame), $"field {Place} of '{Lookup.Ids.Name}' has an id beyond its {Limits.Count} values");
    }
}
