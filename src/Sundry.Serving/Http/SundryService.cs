using Microsoft.Extensions.Hosting;

namespace Sundry.Serving;

/// <summary>Opens a shop with an application, and closes it with it.</summary>
internal sealed class SundryService(SundryServiceOptions options) : IHostedService, IAsyncDisposable
{
    private ShopStore? _store;

    /// <summary>How.</summary>
    public SundryServiceOptions Options { get; } = options;

    /// <summary>The shop's server; null while it is not open.</summary>
    public ShopServer? Server { get; private set; }

    /// <summary>The shop as the interface asks it; null while it is not open.</summary>
    public IShopCalls? Shop { get; private set; }

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _store = ShopStore.Open(Options.Store, Options.StoreOptions);
        Server = await ShopServer.Open(_store, Options.Model, Options.Serve, cancellationToken);
        Shop = new ServerCalls(Server);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Server is null) return;
        try
        {
            await Server.Live.Checkpoint(cancellationToken);
        }
        catch (Exception e) when (e is StoreUnavailableException or OperationCanceledException)
        {
            // the next start begins from an earlier one
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Shop = null;
        if (Server is { } server) await server.DisposeAsync();
        Server = null;
        _store?.Dispose();
        _store = null;
    }
}
