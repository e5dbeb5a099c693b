namespace Sundry.Serving;

/// <summary>What a key must open for an endpoint; one that opens everything else (admin) opens it too.</summary>
internal sealed record NeededScope(KeyScopes Scope);
