namespace Sundry.Serving;

/// <summary>What a key opens.</summary>
[Flags]
public enum KeyScopes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Sending events, items and users.</summary>
    Ingest = 1,

    /// <summary>Asking for recommendations, and reading what is there.</summary>
    Read = 2,

    /// <summary>Everything else: rules, scenarios, keys, models.</summary>
    Admin = 4,
}
