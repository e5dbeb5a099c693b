using System.Collections.Concurrent;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>One memory of the shop with one model: all that an answer is made of. An answer takes one of these and keeps to it.</summary>
internal sealed class ServedShop
{
    private readonly ConcurrentBag<ScoringWorker> _idle = [];
    private readonly ConcurrentBag<RequestRoom> _rooms = [];
    private readonly ServeOptions _options;
    private Compiled _compiled;
    private int _rented;

    /// <summary>Puts them together, and makes sure that they fit.</summary>
    /// <exception cref="InputException">The model reads what the shop does not have.</exception>
    public ServedShop(LiveShop live, MemoryIndexes indexes, ModelSnapshot? model, ServeOptions options)
    {
        (Live, Indexes, Model, _options) = (live, indexes, model, options);
        _compiled = new Compiled(ScenarioBook.Read(options.Defaults, live.Documents, live.DocumentsChanged));
        if (model is not null) _idle.Add(new ScoringWorker(model, indexes.Memory));
        if (!indexes.Uses.Enter()) throw new InvalidOperationException("The shop's memory is closed.");
        model?.Uses.Enter();
        Uses = new UseCount(Close);
    }

    /// <summary>Who uses it.</summary>
    public UseCount Uses { get; }

    public LiveShop Live { get; }

    public MemoryIndexes Indexes { get; }

    public ShopMemory Memory => Indexes.Memory;

    public ModelSnapshot? Model { get; }

    /// <summary>Ticks of the clock that scoring took lately for a candidate; 0 until something was scored.</summary>
    public double TicksPerCandidate { get; set; }

    /// <summary>The scenarios and rules as they are now.</summary>
    public ScenarioBook Book => Current().Book;

    /// <summary>A scenario as it is now.</summary>
    /// <exception cref="InputException">There is none of that name.</exception>
    public Scenario Find(string name)
    {
        var compiled = Current();
        if (compiled.Scenarios.TryGetValue(name, out var known) && !(known.Scenario.Waits && known.Items != Memory.Known.Items.Count)) return known.Scenario;
        var book = compiled.Book;
        if (!book.Scenarios.TryGetValue(name, out var options))
            throw new InputException($"there is no scenario '{name}'{NearestName.Ask(name, book.Scenarios.Keys)} (they are {string.Join(", ", book.Scenarios.Keys.Order(StringComparer.Ordinal))})");
        var items = Memory.Known.Items.Count;
        var scenario = Compile(name, options, book.Rules, book.Wrong.Contains(name), book.WrongRules);
        compiled.Scenarios[name] = (scenario, items);
        return scenario;
    }

    /// <summary>Reads a scenario that is not saved.</summary>
    /// <exception cref="InputException">It cannot be used.</exception>
    public Scenario Try(string name, ScenarioOptions options, IEnumerable<KeyValuePair<string, RuleDocument>> rules) => Scenario.Compile(name, options, [.. rules], Indexes, Live.Names, Model, strict: true);

    /// <summary>Reads a request's own condition.</summary>
    /// <exception cref="InputException">It is none.</exception>
    public RuleExpression Filter(string text)
    {
        try
        {
            return RuleExpression.Parse(text, Live.Names, add: false);
        }
        catch (InputException e)
        {
            throw new InputException($"filter: {e.Message}");
        }
    }

    /// <summary>Takes a worker; <see cref="Return"/> it.</summary>
    public ScoringWorker Rent()
    {
        var worker = _idle.TryTake(out var idle) ? idle : new ScoringWorker(Model!, Memory);
        Interlocked.Increment(ref _rented);
        return worker;
    }

    /// <summary>Gives a worker back.</summary>
    public void Return(ScoringWorker worker)
    {
        Interlocked.Decrement(ref _rented);
        _idle.Add(worker);
    }

    /// <summary>Whether a single answer is being made, so that there may be a processor to spare for it.</summary>
    public bool IsCalm => Environment.ProcessorCount > 1 && Volatile.Read(ref _rented) <= 1;

    /// <summary>Takes room for a request; <see cref="ReturnRoom"/> it.</summary>
    public RequestRoom RentRoom() => _rooms.TryTake(out var room) ? room : new RequestRoom();

    /// <summary>Gives room back.</summary>
    public void ReturnRoom(RequestRoom room) => _rooms.Add(room);

    /// <summary>Whether that processor has been of use lately.</summary>
    public ScoringPace Pace { get; } = new();

    private Compiled Current()
    {
        var changed = Live.DocumentsChanged;
        var compiled = Volatile.Read(ref _compiled);
        if (compiled.Book.Changed == changed) return compiled;
        compiled = new Compiled(ScenarioBook.Read(_options.Defaults, Live.Documents, changed));
        Volatile.Write(ref _compiled, compiled);
        return compiled;
    }

    private Scenario Compile(string name, ScenarioOptions options, IReadOnlyDictionary<string, RuleDocument> rules, bool wrong, bool wrongRules)
    {
        var scenario = Scenario.Compile(name, options, [.. rules], Indexes, Live.Names, Model, strict: false);
        return wrong || wrongRules ? scenario with { Missing = [.. scenario.Missing, .. (string[])(wrong ? ["scenario"] : []), .. (string[])(wrongRules ? ["rule"] : [])] } : scenario;
    }

    private void Close()
    {
        while (_idle.TryTake(out var worker)) worker.Dispose();
        Model?.Uses.Leave();
        Indexes.Uses.Leave();
    }

    private sealed record Compiled(ScenarioBook Book)
    {
        public ConcurrentDictionary<string, (Scenario Scenario, int Items)> Scenarios { get; } = new(StringComparer.Ordinal);
    }
}
