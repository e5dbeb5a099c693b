namespace Sundry.Serving;

/// <summary>A key that is wanted.</summary>
public sealed record NewKey
{
    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>What it opens: ingest, read, admin.</summary>
    public required IReadOnlyList<KeyScopes> Scopes { get; init; }
}
