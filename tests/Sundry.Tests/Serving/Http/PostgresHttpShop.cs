namespace Sundry.Tests;

/// <summary>As <see cref="HttpShop"/>, with its store in PostgreSQL; tests that ask it are skipped where that is not installed.</summary>
public sealed class PostgresHttpShop : HttpShop
{
    private readonly PostgresServer _server;

    public PostgresHttpShop(PostgresServer server)
    {
        _server = server;
        if (server.IsInstalled) Place = server.NewPlace("http");
    }

    public override Task InitializeAsync() => _server.IsInstalled ? base.InitializeAsync() : Task.CompletedTask;
}
