using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Sundry.Serving;

/// <summary>
/// Keys that were found to be right lately, by the SHA-256 of their text, so that a request need not read the store. A key that was revoked here opens nothing at once, one that another
/// server revoked after <see cref="HttpOptions.KeysKeptMs"/>. While the store cannot be read, a key that was right within the last minute stays right.
/// </summary>
internal sealed class KeyRing(ApiKeys keys, TimeSpan kept, TimeProvider clock)
{
    /// <summary>The most keys that are remembered.</summary>
    public const int Most = 1_024;

    private const int LongestText = 128;
    private static readonly TimeSpan s_grace = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (ApiKey Key, long Seen)> _right = new(StringComparer.Ordinal);
    private int _era;

    /// <summary>How many are remembered.</summary>
    public int Count => _right.Count;

    /// <summary>The key that a text is; null where it opens nothing.</summary>
    /// <exception cref="StoreUnavailableException">It is not remembered, and the store cannot be read just now.</exception>
    public async ValueTask<ApiKey?> Find(string text, CancellationToken cancel)
    {
        if (text.Length > LongestText) return null;
        // what is compared are digests of secrets of 256 bits: how long a look-up takes tells nothing of them
        var digest = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        var now = clock.GetTimestamp();
        var known = _right.TryGetValue(digest, out var there);
        if (known && clock.GetElapsedTime(there.Seen, now) < kept) return there.Key;
        var era = Volatile.Read(ref _era);
        try
        {
            var found = await keys.Find(text, cancel);
            if (found is null)
            {
                _right.TryRemove(digest, out _);
                return null;
            }

            if (_right.Count >= Most) _right.Clear();
            // a key that was revoked while it was looked up is not remembered
            if (era == Volatile.Read(ref _era)) _right[digest] = (found, now);
            return found;
        }
        catch (StoreUnavailableException) when (known && clock.GetElapsedTime(there.Seen, now) < s_grace)
        {
            return there.Key;
        }
    }

    /// <summary>Forgets all of them, because one was revoked.</summary>
    public void Clear()
    {
        Interlocked.Increment(ref _era);
        _right.Clear();
    }
}
