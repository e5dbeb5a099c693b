using Microsoft.Extensions.Hosting;

namespace Sundry.Serving;

/// <summary>The shop of an application: opened when the application starts, saved and closed when it stops, after the last request.</summary>
public sealed class RunningShop : IHostedService, IAsyncDisposable
{
    private readonly EmbeddedShop _options;
    private ShopStore? _store;
    private ShopServer? _server;

    internal RunningShop(EmbeddedShop options) => _options = options;

    /// <summary>The server.</summary>
    /// <exception cref="StoreUnavailableException">The application has not started yet, or the shop is still being read.</exception>
    public ShopServer Server => _server ?? throw new StoreUnavailableException("the shop is being opened", TimeSpan.FromSeconds(1));

    /// <summary>Whether answers know everything that the store has.</summary>
    public bool Ready => _server?.Live.Ready == true;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_server is not null) return;
        _store = ShopStore.Open(_options.Store, _options.StoreOptions);
        try
        {
            _server = await ShopServer.Open(_store, _options.Model, _options.Serve, cancellationToken);
        }
        catch
        {
            _store.Dispose();
            _store = null;
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_server is null) return;
        try
        {
            await _server.Live.Checkpoint(cancellationToken);
        }
        catch (Exception e) when (e is StoreUnavailableException or OperationCanceledException)
        {
            // the next start begins from the checkpoint before
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_server is { } server) await server.DisposeAsync();
        _server = null;
        _store?.Dispose();
        _store = null;
    }
}
