namespace Sundry.Serving;

/// <summary>Somebody who is logged in.</summary>
/// <param name="Key">By which key.</param>
/// <param name="Name">What the key is called.</param>
/// <param name="Scopes">What it opens.</param>
/// <param name="Token">What forms must bring along, so that they are known to come from a page of this session.</param>
public sealed record DashboardSession(string Key, string Name, KeyScopes Scopes, string Token)
{
    /// <summary>Whether rules may be saved and keys revoked.</summary>
    public bool IsAdmin => Scopes.HasFlag(KeyScopes.Admin);
}
