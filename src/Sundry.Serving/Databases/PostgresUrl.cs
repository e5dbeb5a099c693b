using Npgsql;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>The place of a shop's tables in PostgreSQL, as <c>postgres://user:password@host:port/database?schema=name</c>.</summary>
/// <param name="Settings">How to connect.</param>
/// <param name="Schema">The schema of the tables.</param>
/// <param name="Place">The place in words, without user and password.</param>
internal sealed record PostgresUrl(NpgsqlConnectionStringBuilder Settings, string Schema, string Place)
{
    private const int DefaultPort = 5432;
    private const int LongestSchema = 48;

    /// <summary>Whether a place is a URL rather than a file.</summary>
    public static bool Is(string place) => place.Contains("://", StringComparison.Ordinal);

    /// <summary>Reads a URL. The password may also come from PGPASSWORD or PGPASSFILE.</summary>
    /// <exception cref="InputException">It is not understood.</exception>
    public static PostgresUrl Parse(string url)
    {
        var uri = Read(url) ?? throw new InputException("the store's URL is not understood; write postgres://user@host/database, or the path of a file");
        var schema = "sundry";
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = pair.Split('=', 2) is [var left, var right] ? (left, Uri.UnescapeDataString(right)) : (pair, "");
            if (name != "schema") throw new InputException($"the store's URL has the setting '{name}', which is not known; 'schema' is");
            schema = value;
        }

        if (schema.Length is 0 or > LongestSchema || !schema.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_') || char.IsAsciiDigit(schema[0]))
            throw new InputException($"the schema '{schema}' is not a word of at most {LongestSchema} small letters, digits and underscores; rename it");
        var settings = Connection(uri);
        settings.SearchPath = schema;
        return new PostgresUrl(settings, schema, PlaceOf(uri));
    }

    /// <summary>The URL's parts; null where it is none of PostgreSQL's.</summary>
    public static Uri? Read(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme is "postgres" or "postgresql") && uri.Host.Length > 0 ? uri : null;

    /// <summary>The place in words, without user and password.</summary>
    public static string PlaceOf(Uri uri) => $"{uri.Scheme}://{uri.Host}{uri.AbsolutePath}";

    /// <summary>How to connect.</summary>
    public static NpgsqlConnectionStringBuilder Connection(Uri uri)
    {
        var secret = uri.UserInfo.Split(':', 2);
        return new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host.Trim('[', ']'),
            Port = uri.Port > 0 ? uri.Port : DefaultPort,
            Username = secret[0].Length > 0 ? Uri.UnescapeDataString(secret[0]) : null,
            Password = secret.Length > 1 ? Uri.UnescapeDataString(secret[1]) : null,
            Database = uri.AbsolutePath.Trim('/') is { Length: > 0 } path ? Uri.UnescapeDataString(path) : null,
            ApplicationName = "sundry",
        };
    }
}
