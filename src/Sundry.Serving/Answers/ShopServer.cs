using Sundry.Data;

namespace Sundry.Serving;

/// <summary>
/// A shop that answers: what to show to whom, from its store and a model, each answer knowing everything that was acknowledged before it. Any number of callers may ask and tell at once.
/// </summary>
public sealed partial class ShopServer : IAsyncDisposable
{
    // so many quick answers in a row, and what they need is compiled
    private const int QuickAnswers = 4;
    private static readonly TimeSpan s_quick = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan s_warmUpDeadline = TimeSpan.FromSeconds(5);

    private readonly ServeOptions _options;
    // of a file; null where there is none, or they are the model's
    private readonly FactorVectors? _factors;
    private readonly AnswerKeeper _keeper;
    private readonly SemaphoreSlim _workers;
    private readonly SemaphoreSlim _swapping = new(1);
    private readonly Lock _serving = new();
    private ServedShop _served;
    // a model that waits for a memory that is made for it
    private ModelSnapshot? _coming;
    // the words and vectors of a memory that is about to take the place of the present one
    private MemoryIndexes? _next;
    private bool _disposed;

    private ShopServer(ShopStore store, LiveShop live, ModelSnapshot? model, FactorVectors? factors, ServeOptions options)
    {
        (Store, Live, _factors, _options, Pulse) = (store, live, factors, options, new ShopPulse(options.Clock));
        var indexes = new MemoryIndexes(live.Now, live.Names, VectorsOf(model));
        try
        {
            _served = new ServedShop(live, indexes, model, options);
        }
        finally
        {
            indexes.Uses.Leave();
        }

        // what is served holds the model from now on
        model?.Uses.Leave();
        _workers = new SemaphoreSlim(options.Workers);
        _keeper = new AnswerKeeper(store, options);
        live.BeforeSwap = Prepare;
    }

    /// <summary>Opens a server on a store.</summary>
    /// <param name="store">The store; it stays the caller's.</param>
    /// <param name="modelFolder">The model's bundle; null: none, then answers are what is popular and visited together, and say <c>no_model</c>.</param>
    /// <param name="options">How.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="InputException">The model, the vectors or a scenario of the options cannot be used.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be read just now.</exception>
    public static async Task<ShopServer> Open(ShopStore store, string? modelFolder, ServeOptions options, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Workers, 1);
        var factors = VectorsWanted(options) is { } file and not ServeSection.VectorsOfModel ? FactorVectors.Load(file) : null;
        // read while the model is opened
        var descriptions = Descriptions.Begin(store, cancel);
        var model = modelFolder is null ? null : ModelSnapshot.Open(modelFolder, options.Clock, factors is null && VectorsWanted(options) is not null);
        LiveShop? live = null;
        try
        {
            if (factors is null && VectorsWanted(options) is not null && model?.Vectors is null)
                throw new InputException($"'vectors: model' asks for the model's own vectors of items, and {(model is null ? "there is no model; give one" : "the model has none: train one with a categorical feature 'item' that is not hashed")}, or leave 'vectors' out");
            live = await LiveShop.Open(store, model?.Bundle.Encoder, options.Live with { Clock = options.Clock }, descriptions, cancel);
            var server = new ShopServer(store, live, model, factors, options);
            foreach (var name in server.Scenarios.Keys) server._served.Find(name);
            await server.WarmUp(options.WarmUps, cancel);
            return server;
        }
        catch
        {
            model?.Uses.Leave();
            if (live is not null) await live.DisposeAsync();
            throw;
        }
    }

    /// <summary>The shop as it is now.</summary>
    public LiveShop Live { get; }

    /// <summary>The store.</summary>
    public ShopStore Store { get; }

    /// <summary>What the server did lately.</summary>
    public ShopPulse Pulse { get; private set; }

    /// <summary>The model that answers; null where none does.</summary>
    public ModelSnapshot? Model => Volatile.Read(ref _served).Model;

    /// <summary>All scenarios by name: those of the store, of the options, and those that are built in.</summary>
    public IReadOnlyDictionary<string, ScenarioOptions> Scenarios => Volatile.Read(ref _served).Book.Scenarios;

    /// <summary>Opens another model and lets it answer from then on. No request is lost, and no answer is made of two models.</summary>
    /// <exception cref="InputException">It cannot be used; the present one goes on.</exception>
    public async Task Swap(string modelFolder, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(modelFolder);
        await _swapping.WaitAsync(cancel);
        ModelSnapshot? model = null;
        try
        {
            model = ModelSnapshot.Open(modelFolder, _options.Clock, VectorsWanted(_options) == ServeSection.VectorsOfModel);
            // a rebuild for the model's encoder calls Prepare, which looks for it here
            Volatile.Write(ref _coming, model);
            await Live.Use(model.Bundle.Encoder, cancel);
            await Prepare(Live.Now, model, cancel);
            lock (_serving) Serve(Live.Now, model);
        }
        finally
        {
            Volatile.Write(ref _coming, null);
            model?.Uses.Leave();
            _swapping.Release();
        }
    }

    // what has run is compiled: a visitor of nothing, and one who has an item's page open
    private async Task WarmUp(int answers, CancellationToken cancel)
    {
        if (answers <= 0) return;
        string? item;
        using (Live.Read()) item = Live.Known.Items.Count > 0 ? Live.Known.Items.Text(0) : null;
        for (var (i, quick) = (0, 0); i < answers && quick < QuickAnswers; i++)
        {
            var request = new RecommendRequest { Session = "warm-up", Item = i % 2 == 0 ? null : item, Deadline = s_warmUpDeadline };
            var answer = await Recommend(request, served => served.Find(request.Scenario), cancel);
            quick = answer.Took < s_quick ? quick + 1 : 0;
        }

        Pulse = new ShopPulse(_options.Clock);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true)) return;
        await _keeper.DisposeAsync();
        await Live.DisposeAsync();
        lock (_serving)
        {
            _served.Uses.Leave();
            _next?.Uses.Leave();
        }

        _workers.Dispose();
        _swapping.Dispose();
    }

    // what answers from now on; who calls holds the lock
    private void Serve(ShopMemory memory, ModelSnapshot? model)
    {
        var before = _served;
        if (before.Memory == memory && before.Model == model) return;
        MemoryIndexes? indexes = null;
        if (Fits(before.Indexes, memory, model) && before.Indexes.Uses.Enter()) indexes = before.Indexes;
        else if (_next is { } next && Fits(next, memory, model) && next.Uses.Enter()) indexes = next;
        indexes ??= new MemoryIndexes(memory, Live.Names, VectorsOf(model));
        try
        {
            Volatile.Write(ref _served, new ServedShop(Live, indexes, model, _options));
        }
        finally
        {
            indexes.Uses.Leave();
        }

        before.Uses.Leave();
        _next?.Uses.Leave();
        _next = null;
    }

    private static string? VectorsWanted(ServeOptions options) => options.Vectors ?? options.Defaults.Vectors;

    private IKnownVectors? VectorsOf(ModelSnapshot? model) => VectorsWanted(_options) == ServeSection.VectorsOfModel ? model?.Vectors : _factors;

    private bool Fits(MemoryIndexes indexes, ShopMemory memory, ModelSnapshot? model) => indexes.Memory == memory && indexes.Vectors?.Known == VectorsOf(model);

    // a memory that a rebuild made is read before it is asked for
    private Task Prepare(ShopMemory memory, CancellationToken cancel) => Prepare(memory, ModelFor(memory), cancel);

    private Task Prepare(ShopMemory memory, ModelSnapshot? model, CancellationToken cancel) => Task.Run(
        () =>
        {
            lock (_serving)
                if (Fits(_served.Indexes, memory, model) || (_next is { } next && Fits(next, memory, model))) return;
            var indexes = new MemoryIndexes(memory, Live.Names, VectorsOf(model));
            lock (_serving)
            {
                _next?.Uses.Leave();
                _next = indexes;
            }
        },
        cancel);

    // what is served, of the memory that is there now; who gets it lets go of it
    private ServedShop Enter()
    {
        while (true)
        {
            var served = Volatile.Read(ref _served);
            var now = Live.Now;
            if (served.Memory != now)
            {
                lock (_serving)
                {
                    now = Live.Now;
                    if (_served.Memory != now) Serve(now, ModelFor(now));
                    served = _served;
                }
            }

            if (served.Uses.Enter()) return served;
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed), this);
        }
    }

    // the model that a memory's state was made for
    private ModelSnapshot? ModelFor(ShopMemory memory)
    {
        if (memory.Encoder is not { } encoder) return null;
        if (Volatile.Read(ref _coming) is { } coming && coming.Bundle.Encoder == encoder) return coming;
        return _served.Model is { } model && (model.Bundle.Encoder == encoder || SampleEncoder.StateKey(model.Bundle.Encoder).AsSpan().SequenceEqual(SampleEncoder.StateKey(encoder))) ? model : null;
    }
}
