using Sundry.Serving;

namespace Sundry.Tests;

/// <summary>A process that takes events is killed in the middle; more cycles by <c>sundry bench ingest --kill</c>.</summary>
public sealed class IngestSoakTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private const int Cycles = 3;

    private static readonly string[] s_command = ["dotnet", Path.Combine(AppContext.BaseDirectory, "sundry.dll")];

    [Fact]
    public void A_killed_process_loses_and_doubles_nothing_in_sqlite()
    {
        using var folder = new TemporaryFolder();
        Kept(folder.Path("shop.db"));
    }

    [SkippableFact]
    public void A_killed_process_loses_and_doubles_nothing_in_postgresql() => Kept(server.Url + "?schema=soak");

    private static void Kept(string store)
    {
        var result = IngestSoak.Run(new() { Store = store, Batch = 20, Writers = 3, Names = 100 }, Cycles, s_command, TimeProvider.System);
        Assert.True(result.IsWell, result.ToString());
        Assert.Equal(Cycles, result.Cycles);
        Assert.True(result.Acknowledged >= Cycles * 20, result.ToString());
        Assert.True(result.Found >= result.Acknowledged, result.ToString());
    }
}
