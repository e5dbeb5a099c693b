namespace Sundry.Serving;

/// <summary>A key to the interface, without its secret.</summary>
/// <param name="Id">The part of the key that is no secret.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Scopes">What it opens.</param>
/// <param name="Created">When it was made: Unix time in milliseconds, UTC.</param>
/// <param name="Revoked">When it ceased to open anything; null while it does.</param>
public sealed record ApiKey(string Id, string Name, KeyScopes Scopes, long Created, long? Revoked);
