using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Sundry.Serving;

/// <summary>
/// Who is logged in, in memory: a random id in a cookie stands for a key, whose secret is not kept. A session ends an hour after it was last used, twelve hours after it began, with the process,
/// and with its key.
/// </summary>
internal sealed class DashboardSessions(IShopDesk desk, TimeProvider clock)
{
    private const int Most = 1000;
    private static readonly TimeSpan s_idle = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(12);

    private readonly ConcurrentDictionary<string, Entry> _entries = new();

    /// <summary>Begins a session.</summary>
    /// <returns>Its id, for the cookie; null where the text is no key, or one that opens no page.</returns>
    public async Task<string?> Begin(string text, CancellationToken cancel)
    {
        if (await desk.Store.Keys.Find(text, cancel) is not { } key || (key.Scopes & (KeyScopes.Read | KeyScopes.Admin)) == 0) return null;
        var now = clock.GetUtcNow();
        foreach (var (id, entry) in _entries) if (entry.Ended(now)) _entries.TryRemove(id, out _);
        // the one that was used least lately makes room
        if (_entries.Count >= Most && _entries.MinBy(e => e.Value.Used) is { Key: { } oldest }) _entries.TryRemove(oldest, out _);
        var made = Secret();
        _entries[Mark(made)] = new Entry(new DashboardSession(key.Id, key.Name, key.Scopes, Secret()), now) { Used = now };
        return made;
    }

    /// <summary>The session of a cookie; null where there is none (any more).</summary>
    public async Task<DashboardSession?> Find(string? id, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(id) || !_entries.TryGetValue(Mark(id), out var entry)) return null;
        var now = clock.GetUtcNow();
        if (entry.Ended(now) || (await desk.Store.Keys.List(cancel)).All(k => k.Id != entry.Session.Key || k.Revoked is not null))
        {
            End(id);
            return null;
        }

        entry.Used = now;
        return entry.Session;
    }

    /// <summary>Ends a session.</summary>
    public void End(string? id)
    {
        if (!string.IsNullOrEmpty(id)) _entries.TryRemove(Mark(id), out _);
    }

    /// <summary>Whether a form came from a page of the session.</summary>
    public static bool Vouches(DashboardSession session, string? token) =>
        token is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(session.Token));

    private static string Secret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    // looked up by its hash: how far a guess was right cannot be timed
    private static string Mark(string id) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    private sealed class Entry(DashboardSession session, DateTimeOffset begun)
    {
        public DashboardSession Session { get; } = session;

        public DateTimeOffset Used { get; set; }

        public bool Ended(DateTimeOffset now) => now - Used > s_idle || now - begun > s_longest;
    }
}
