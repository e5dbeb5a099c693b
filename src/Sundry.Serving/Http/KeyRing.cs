using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Sundry.Serving;

/// <summary>
/// Keys that were shown lately, so that not every request asks the store. A key that is revoked here opens nothing from then on; one that is revoked by another process, for
/// at most five seconds more.
/// </summary>
/// <param name="keys">The store's keys.</param>
/// <param name="clock">The clock.</param>
public sealed class KeyRing(ApiKeys keys, TimeProvider clock)
{
    private const int Most = 1_000;
    private static readonly TimeSpan s_believed = TimeSpan.FromSeconds(5);

    // by the SHA-256 of the text: neither the text nor its likeness to another can be had from here
    private readonly ConcurrentDictionary<string, (ApiKey Key, DateTimeOffset Until)> _shown = [];

    /// <summary>The key that a text is, or null.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read just now.</exception>
    public async ValueTask<ApiKey?> Find(string text, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        var mark = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        var now = clock.GetUtcNow();
        if (_shown.TryGetValue(mark, out var known) && known.Until > now) return known.Key;
        if (await keys.Find(text, cancel) is not { } key)
        {
            _shown.TryRemove(mark, out _);
            return null;
        }

        if (_shown.Count >= Most) _shown.Clear();
        _shown[mark] = (key, now + s_believed);
        return key;
    }

    /// <summary>Makes a key open nothing.</summary>
    /// <returns>Whether it did open something.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot write just now.</exception>
    public async Task<bool> Revoke(string id, CancellationToken cancel = default)
    {
        var revoked = await keys.Revoke(id, cancel);
        foreach (var (mark, (key, _)) in _shown)
            if (key.Id == id) _shown.TryRemove(mark, out _);
        return revoked;
    }
}
