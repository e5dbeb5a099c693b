namespace Sundry.Tests;

[Collection(SharedPostgres.Name)]
public sealed class PostgresLiveShopTests(PostgresServer server) : LiveShopTests(new ToyShop(server))
{
    [SkippableFact]
    public async Task The_state_is_what_a_rebuild_comes_to()
    {
        using var folder = new TemporaryFolder();
        await LiveRebuildTests.IsWhatARebuildComesTo(Toys, folder, 4);
    }
}
