using System.Buffers.Text;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>
/// Keys to the interface, as <c>sundry_ID_SECRET</c>. The secret is 256 random bits, shown once; the store keeps its SHA-256 alone, and compares in constant time.
/// </summary>
public sealed class ApiKeys
{
    private const string Prefix = "sundry_";
    private const int IdBytes = 6;
    private const int SecretBytes = 32;
    private const int LongestKey = 128;
    private const string Columns = "SELECT id, name, scopes, created, revoked, hash FROM api_keys";

    private readonly StoreEngine _engine;

    internal ApiKeys(StoreEngine engine) => _engine = engine;

    /// <summary>Makes a key.</summary>
    /// <param name="name">What people call it.</param>
    /// <param name="scopes">What it opens.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The key, and its text with the secret, which cannot be had again.</returns>
    /// <exception cref="InputException">The name cannot be stored, or the key would open nothing.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot write just now.</exception>
    public async Task<(ApiKey Key, string Text)> Create(string name, KeyScopes scopes, CancellationToken cancel = default)
    {
        StoredText.Name("name", name);
        if (scopes == KeyScopes.None) throw new InputException($"the key '{name}' would open nothing; give it a scope: ingest, read or admin");
        cancel.ThrowIfCancellationRequested();
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        var text = $"{Prefix}{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}";
        var created = await _engine.Write(session =>
        {
            session.Execute("INSERT INTO api_keys (id, name, hash, scopes, created, revoked) VALUES (@id, @name, @hash, @scopes, @created, NULL)",
                ("@id", id), ("@name", name), ("@hash", Hash(text)), ("@scopes", (int)scopes), ("@created", session.Now));
            return session.Now;
        });
        return (new ApiKey(id, name, scopes, created, null), text);
    }

    /// <summary>The key that a text is, or null where it is none or was revoked.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read just now.</exception>
    public async Task<ApiKey?> Find(string text, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > LongestKey || !text.StartsWith(Prefix, StringComparison.Ordinal) || text.Split('_', 3) is not [_, { Length: 2 * IdBytes } id, _] || !id.All(char.IsAsciiHexDigitLower)) return null;
        var found = await _engine.Read($"{Columns} WHERE id = @id", r => (Key: Read(r), Hash: r.GetFieldValue<byte[]>(5)), cancel, ("@id", id));
        // an unknown id takes as long as a wrong secret
        var right = CryptographicOperations.FixedTimeEquals(Hash(text), found.Count == 1 ? found[0].Hash : new byte[SHA256.HashSizeInBytes]);
        return right && found is [{ Key.Revoked: null } known] ? known.Key : null;
    }

    /// <summary>All keys, the oldest first, revoked ones included.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read just now.</exception>
    public async Task<IReadOnlyList<ApiKey>> List(CancellationToken cancel = default) => await _engine.Read($"{Columns} ORDER BY created, id", Read, cancel);

    /// <summary>Makes a key open nothing from now on.</summary>
    /// <returns>Whether it did open something.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot write just now.</exception>
    public Task<bool> Revoke(string id, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return _engine.Write(session => session.Execute("UPDATE api_keys SET revoked = @now WHERE id = @id AND revoked IS NULL", ("@now", session.Now), ("@id", id)) > 0);
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private static ApiKey Read(DbDataReader row) => new(row.GetString(0), row.GetString(1), (KeyScopes)row.GetInt32(2), row.GetInt64(3), row.IsDBNull(4) ? null : row.GetInt64(4));
}
