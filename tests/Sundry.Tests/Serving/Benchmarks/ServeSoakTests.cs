using Sundry.Serving;

namespace Sundry.Tests;

/// <summary>A whole server is killed under load; more cycles by <c>sundry bench serve --kill</c>.</summary>
public sealed class ServeSoakTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static readonly string[] s_command = ["dotnet", Path.Combine(AppContext.BaseDirectory, "sundry.dll")];

    [Fact]
    public async Task A_killed_server_keeps_what_it_acknowledged_in_sqlite()
    {
        using var folder = new TemporaryFolder();
        await Kept(folder.Path("shop.db"), cycles: 3);
    }

    [SkippableFact]
    public Task A_killed_server_keeps_what_it_acknowledged_in_postgresql() => Kept(server.Url + "?schema=serve_soak", cycles: 2);

    private static async Task Kept(string store, int cycles)
    {
        // how fast a machine is that runs other tests beside this is not what is asked here
        var options = new ServeSoakOptions { Store = store, Cycles = cycles, Clients = 3, Items = 10, Users = 20, LongestRun = TimeSpan.FromSeconds(1), ReadyWithin = TimeSpan.FromMinutes(5), Seed = 3 };
        var result = await ServeSoak.Run(options, s_command, TimeProvider.System);
        Assert.True(result.IsWell, result.ToString());
        Assert.Equal(cycles, result.Cycles);
        Assert.True(result.Acknowledged + result.Changes + result.Answers > 0, result.ToString());
    }
}
