using Sundry.Serving;

namespace Sundry.Tests;

/// <summary>Keys are believed for a moment, and no longer.</summary>
public sealed class KeyRingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HandClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_key_is_believed_for_a_second_and_a_revocation_here_counts_at_once()
    {
        using var store = ShopStore.Open(_folder.Path("shop.db"));
        var (key, text) = await store.Keys.Create("one", KeyScopes.Read);
        var ring = new KeyRing(store.Keys, TimeSpan.FromSeconds(1), _clock);
        Assert.Equal(key.Id, (await ring.Find(text, default))!.Id);
        Assert.Equal(1, ring.Count);
        await store.Keys.Revoke(key.Id);
        Assert.NotNull(await ring.Find(text, default));
        _clock.Seconds += 1;
        Assert.Null(await ring.Find(text, default));
        Assert.Equal(0, ring.Count);

        var (other, otherText) = await store.Keys.Create("two", KeyScopes.Read);
        Assert.NotNull(await ring.Find(otherText, default));
        await store.Keys.Revoke(other.Id);
        ring.Clear();
        Assert.Null(await ring.Find(otherText, default));
        Assert.Null(await ring.Find(new string('x', 100_000), default));
    }

    [Fact]
    public async Task What_is_wrong_is_not_remembered_and_what_is_right_is_bounded()
    {
        using var store = ShopStore.Open(_folder.Path("shop.db"));
        var ring = new KeyRing(store.Keys, TimeSpan.FromHours(1), _clock);
        for (var i = 0; i < 100; i++) Assert.Null(await ring.Find($"sundry_{i:x12}_wrong", default));
        Assert.Equal(0, ring.Count);
        for (var i = 0; i < KeyRing.Most + 10; i++) Assert.NotNull(await ring.Find((await store.Keys.Create("k", KeyScopes.Read)).Text, default));
        Assert.InRange(ring.Count, 1, KeyRing.Most);
    }

    [Fact]
    public async Task While_the_store_is_gone_a_key_stays_right_for_a_minute()
    {
        var gone = false;
        using var store = ShopStore.Open(_folder.Path("shop.db"), new StoreOptions { Before = _ => { if (gone) throw new Microsoft.Data.Sqlite.SqliteException("disk I/O error", 10); } });
        var (_, text) = await store.Keys.Create("one", KeyScopes.Read);
        var ring = new KeyRing(store.Keys, TimeSpan.FromSeconds(1), _clock);
        await ring.Find(text, default);
        gone = true;
        _clock.Seconds += 30;
        Assert.NotNull(await ring.Find(text, default));
        _clock.Seconds += 31;
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await ring.Find(text, default));
        gone = false;
    }
}
