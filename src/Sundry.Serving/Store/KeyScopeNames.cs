namespace Sundry.Serving;

/// <summary>Scopes of keys as people write them.</summary>
public static class KeyScopeNames
{
    /// <summary>Every scope by itself.</summary>
    public static IReadOnlyList<KeyScopes> Each { get; } = [KeyScopes.Ingest, KeyScopes.Read, KeyScopes.Admin];

    /// <summary>All scopes together.</summary>
    public const KeyScopes All = KeyScopes.Ingest | KeyScopes.Read | KeyScopes.Admin;

    /// <summary>The names of some scopes, such as <c>ingest</c> and <c>read</c>.</summary>
    public static IEnumerable<string> Of(KeyScopes scopes) => Each.Where(s => scopes.HasFlag(s)).Select(s => s.ToString().ToLowerInvariant());

    /// <summary>The names in one text, such as <c>ingest, read</c>.</summary>
    public static string Text(KeyScopes scopes) => string.Join(", ", Of(scopes));
}
