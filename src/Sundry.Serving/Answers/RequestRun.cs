using System.Numerics;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>One answer in the making: candidates, features, values, rules. It keeps to one memory of the shop and one model.</summary>
/// <param name="shop">Both.</param>
/// <param name="clock">The clock.</param>
/// <param name="started">The clock's timestamp when the request came.</param>
/// <param name="deadline">How long it may take before it is made of less.</param>
internal sealed partial class RequestRun(ServedShop shop, TimeProvider clock, long started, TimeSpan deadline) : IDisposable
{
    private const int LeastScored = 10;
    private const int Overdraft = 4;
    private const int Filling = 100;
    private const int Rechecks = 3;
    private const double Learning = 0.2;

    private readonly List<string> _degraded = [];
    private readonly TimeSpan[] _stages = new TimeSpan[4];
    private Visitor _visitor = Visitor.Nobody;
    private readonly RequestRoom _room = shop.RentRoom();
    private int[] _items = [];
    // of what filled up, those that are new rather than popular
    private HashSet<int>? _unseen;
    private int _candidates;
    private bool _valued;
    private long _time;
    private long _mark;

    /// <summary>The stages, in the order of <see cref="Stages"/>.</summary>
    public static IReadOnlyList<string> StageNames { get; } = ["retrieve", "features", "score", "rules"];

    /// <summary>How long each stage took.</summary>
    public IReadOnlyList<TimeSpan> Stages => _stages;

    /// <summary>What it is made without.</summary>
    public IReadOnlyList<string> Degraded => _degraded;

    /// <summary>The position of the last change that it knows.</summary>
    public long Position { get; private set; }

    /// <summary>The moment that features are of: Unix time in milliseconds.</summary>
    public long Time => _time;

    /// <summary>Candidates that were scored.</summary>
    public int Scored { get; private set; }

    /// <summary>Candidates by source.</summary>
    public IReadOnlyDictionary<string, int> Counts { get; private set; } = new Dictionary<string, int>();

    private Span<BlendedCandidate> Candidates => _room.Kept(_candidates);

    // as many as were scored; none where nothing was
    private ReadOnlySpan<double> Values => _valued ? _room.Values(Scored) : [];

    private bool IsLate => clock.GetElapsedTime(started) >= deadline;

    /// <inheritdoc/>
    public void Dispose() => shop.ReturnRoom(_room);

    /// <summary>Says that there was no time to wait for a worker.</summary>
    public void NoWorker() => _degraded.Add("not_scored");

    /// <summary>Answers a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="scenario">Its scenario.</param>
    /// <param name="earlier">Ids of items that earlier pages had.</param>
    /// <param name="worker">What to score with; null: nothing is scored.</param>
    /// <returns>The items; null where the shop's memory has been replaced, and another run must be made.</returns>
    public AnswerItem[]? Recommend(RecommendRequest request, Scenario scenario, IReadOnlyCollection<string> earlier, ScoringWorker? worker)
    {
        _degraded.AddRange(scenario.Missing);
        if (shop.Model is null && scenario.Options.Score) _degraded.Add("no_model");
        var filter = request.Filter is { Length: > 0 } text ? shop.Filter(text) : null;
        RuleRequest asked;
        using (shop.Live.Read())
        {
            if (shop.Live.Now != shop.Memory) return null;
            Begin(request.User, request.Session);
            asked = Asked(request, earlier, filter);
            using (Instruments.Activities.StartActivity("retrieve")) Retrieve(request, scenario, asked);
            End(0);
            using (Instruments.Activities.StartActivity("features"))
                if (worker is not null) Encode(request, worker);
            End(1);
        }

        using (Instruments.Activities.StartActivity("score"))
            if (worker is not null) Score(scenario, worker);
        End(2);
        IReadOnlyList<RuledItem> ruled;
        using (Instruments.Activities.StartActivity("rules")) ruled = Apply(scenario, asked, request.Category);
        End(3);
        return Compose(request, scenario, ruled, worker);
    }

    private void Begin(string? user, string? session)
    {
        _mark = clock.GetTimestamp();
        Position = shop.Memory.Position;
        _time = shop.Live.Moment();
        shop.Indexes.Vectors?.Follow(shop.Memory.Known);
        try
        {
            _visitor = shop.Live.Visit(user, session);
        }
        catch (StoreUnavailableException)
        {
            _degraded.Add("no_history");
        }
    }

    private void End(int stage)
    {
        var now = clock.GetTimestamp();
        _stages[stage] = clock.GetElapsedTime(_mark, now);
        _mark = now;
        Instruments.Stages.Record(_stages[stage].TotalSeconds, new KeyValuePair<string, object?>("stage", StageNames[stage]));
    }

    private RuleRequest Asked(RecommendRequest request, IReadOnlyCollection<string> earlier, RuleExpression? filter)
    {
        var blocked = new HashSet<int>();
        void Block(string id)
        {
            if (shop.Memory.Item(id) is >= 0 and var item) blocked.Add(item);
        }

        foreach (var id in request.Exclude) Block(id);
        foreach (var id in request.Cart) Block(id);
        foreach (var id in earlier) Block(id);
        if (request.Item is { } open) Block(open);
        var own = _visitor.Facts[shop.Live.Names.User.Find("blocked")];
        if (own.Parts is { } parts) foreach (var part in parts) Block(part.Text);
        else if (own.Text.Length > 0) Block(own.Text);
        var category = request.Category is { } name ? new CategoryFilter(name, shop.Memory.Known.CategoryParents, shop.Live.Names.Item.Find("category")) : null;
        return new RuleRequest
        {
            Count = request.Count,
            Time = _time,
            User = _visitor.Facts,
            Context = request.Context.Count > 0 ? Facts.Of(shop.Live.Names.Context, request.Context, add: false) : Facts.None,
            Blocked = blocked,
            Seen = _visitor.Seen,
            Bought = _visitor.Bought,
            Where = category is null && filter is null ? null : scope => category?.Holds(scope.Item) != false && filter?.Holds(scope) != false,
        };
    }

    private void Retrieve(RecommendRequest request, Scenario scenario, RuleRequest asked)
    {
        _items = Known(request, scenario);
        var most = scenario.Options.Candidates;
        // what a narrow request throws away must not make its answer short
        var wide = asked.Where is null ? most : Math.Min(Overdraft * most, RankRequest.MostItems);
        if (IsLate)
        {
            _degraded.Add("popular");
            Take(Popular(request.Category, Math.Max(request.Count, Filling), asked));
            return;
        }

        var query = new CandidateQuery
        {
            Allowed = shop.Memory.Shelf.OnSale,
            Items = _items,
            Vector = shop.Indexes.Vectors?.Of(request.User, _items) ?? [],
            Category = request.Category is { } name ? shop.Memory.Category(name) : -1,
            Text = request.Query,
        };
        var found = _room.Found(wide);
        found = found[..scenario.Blend.Collect(query, found)];
        var kept = _room.Kept(Math.Min(found.Length, most));
        var hidden = (long)TimeSpan.FromDays(scenario.Options.HideBoughtDays).TotalMilliseconds;
        _candidates = 0;
        foreach (var candidate in found)
        {
            if (_candidates == kept.Length) break;
            if (MayBe(candidate.Item, asked) && !(asked.Bought.TryGetValue(candidate.Item, out var bought) && _time - bought < hidden)) kept[_candidates++] = candidate;
        }

        if (_candidates == 0)
        {
            if (request.Query is { Length: > 0 }) _degraded.Add("no_match");
            Take(Popular(request.Category, Math.Max(request.Count, Filling), asked));
        }

        Counts = Count(scenario, Candidates);
    }

    // the open item, the cart, the visitor's last items: each once, the first ones
    private int[] Known(RecommendRequest request, Scenario scenario)
    {
        Span<int> known = stackalloc int[PairSource.Newest];
        var count = 0;
        void Know(int item, Span<int> into)
        {
            if (item >= 0 && !into[..count].Contains(item)) into[count++] = item;
        }

        if (request.Item is { } open) Know(shop.Memory.Item(open), known);
        for (var i = 0; i < request.Cart.Count && count < PairSource.Newest; i++) Know(shop.Memory.Item(request.Cart[i]), known);
        if (count == 0 || scenario.Options.History)
            for (var i = 0; i < _visitor.Items.Count && count < PairSource.Newest; i++) Know(_visitor.Items[i], known);
        return known[..count].ToArray();
    }

    private void Take(ReadOnlySpan<BlendedCandidate> candidates)
    {
        _candidates = candidates.Length;
        candidates.CopyTo(Candidates);
    }

    // what the rules would refuse need not be scored
    private bool MayBe(int item, RuleRequest asked) =>
        !asked.Blocked.Contains(item) && (asked.Where is not { } where || shop.Memory.Shelf[item] is { } known && where(new RuleScope(known.Facts, asked.User, asked.Context)));

    // what an answer is filled up with: popular items, then new ones
    private BlendedCandidate[] Popular(string? category, int count, RuleRequest asked)
    {
        var found = new Candidate[Math.Min(Overdraft * count, RankRequest.MostItems)];
        var read = shop.Memory.Popular.Read(category is null ? -1 : shop.Memory.Category(category), shop.Memory.Shelf.OnSale, found);
        var taken = found[..read].Where(c => MayBe(c.Item, asked)).Take(count).Select(c => new BlendedCandidate(c.Item, 0, c.Score)).ToList();
        if (taken.Count == count) return [.. taken];
        // in a young shop few items are popular, and those that nobody has looked at yet are better than none
        var known = taken.Select(c => c.Item).ToHashSet();
        read = shop.Memory.New.Find(new CandidateQuery { Allowed = shop.Memory.Shelf.OnSale }, found);
        foreach (var (item, _) in found.AsSpan(0, read))
        {
            if (taken.Count == count) break;
            if (!MayBe(item, asked) || !known.Add(item)) continue;
            taken.Add(new BlendedCandidate(item, 0, 0));
            (_unseen ??= []).Add(item);
        }

        return [.. taken];
    }

    // sources in the order in which candidates have them
    private static Dictionary<string, int> Count(Scenario scenario, ReadOnlySpan<BlendedCandidate> candidates)
    {
        Span<int> counts = stackalloc int[32];
        Span<int> order = stackalloc int[32];
        counts.Clear();
        var known = 0;
        foreach (var (_, sources, _) in candidates)
        {
            for (var left = sources; left != 0; left &= left - 1)
            {
                var source = BitOperations.TrailingZeroCount(left);
                if (counts[source]++ == 0) order[known++] = source;
            }
        }

        var named = new Dictionary<string, int>(known, StringComparer.Ordinal);
        foreach (var source in order[..known]) named[scenario.SourcesOf(1u << source)[0]] = counts[source];
        return named;
    }

    private void Encode(RecommendRequest request, ScoringWorker worker)
    {
        var left = (deadline - clock.GetElapsedTime(started)).Ticks;
        var fits = shop.TicksPerCandidate > 0 ? (int)Math.Clamp(left / shop.TicksPerCandidate, 0, int.MaxValue) : left > 0 ? int.MaxValue : 0;
        if (fits < Math.Min(LeastScored, _candidates))
        {
            if (!_degraded.Contains("popular")) _degraded.Add("not_scored");
            return;
        }

        if (fits < _candidates)
        {
            _degraded.Add("fewer_candidates");
            _candidates = fits;
        }

        var shown = Shown();
        worker.Begin(ref shown, request.User, request.Session, request.Scenario, request.Query, request.Context);
        if (shop.IsCalm) worker.Divide(_candidates, shop.Pace);
        foreach (var (item, _, _) in Candidates)
        {
            (shown.Item, shown.Price) = (item, shop.Memory.Price(item));
            worker.Add(shown);
        }

        Scored = _candidates;
    }

    // as the impression that it would be, first on the page
    private ShopEvent Shown() => new()
    {
        Time = _time,
        User = _visitor.User,
        Item = -1,
        Session = -1,
        Scenario = -1,
        Recommendation = -1,
        Text = -1,
        Quantity = 1,
        Price = float.NaN,
        Value = float.NaN,
        Position = 1,
        Type = EventTypes.Impression,
    };

    private void Score(Scenario scenario, ScoringWorker worker)
    {
        if (Scored == 0) return;
        var all = Scored;
        Scored = worker.Score(() => IsLate);
        if (Scored < all)
        {
            _degraded.Add("fewer_candidates");
            _candidates = Scored;
        }

        _valued = true;
        scenario.Evaluate(worker, Candidates, shop.Memory.Shelf, _room.Values(Scored));
        var spent = (clock.GetElapsedTime(_mark) + _stages[1]).Ticks / (double)Scored;
        shop.TicksPerCandidate = shop.TicksPerCandidate == 0 ? spent : (1 - Learning) * shop.TicksPerCandidate + Learning * spent;
    }
}
