namespace Sundry.Data;

/// <summary>A kind of row with inputs and tasks of its own; features of equal name are one feature in all sources.</summary>
/// <param name="Name">Its name; <see cref="Main"/> for the rows of <c>data.train</c>.</param>
/// <param name="Features">The features that its rows have, in the order of all.</param>
/// <param name="Weight">The column of its rows' weights, or null.</param>
public sealed record SourceSchema(string Name, IReadOnlyList<string> Features, string? Weight)
{
    /// <summary>The name of the source that is <c>data.train</c>.</summary>
    public const string Main = "main";
}
