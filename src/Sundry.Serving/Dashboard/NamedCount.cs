namespace Sundry.Serving;

/// <summary>How many of something there were.</summary>
/// <param name="Name">Of what.</param>
/// <param name="Count">How many.</param>
public sealed record NamedCount(string Name, long Count);
