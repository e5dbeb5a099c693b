using System.Buffers.Text;
using System.Security.Cryptography;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>What a shop asks.</summary>
public sealed partial class ShopServer
{
    private const int IdBytes = 15;
    private const int MostPaged = 5_000;

    /// <summary>Answers a request for items.</summary>
    /// <exception cref="InputException">The request cannot be understood.</exception>
    public Task<Answer> Recommend(RecommendRequest request, CancellationToken cancel = default) => Recommend(request, null, cancel);

    /// <summary>Answers many requests, as many at once as there are workers.</summary>
    /// <returns>[requests] their answers.</returns>
    /// <exception cref="InputException">One cannot be understood.</exception>
    public async Task<IReadOnlyList<Answer>> Recommend(IReadOnlyList<RecommendRequest> requests, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        foreach (var request in requests) RequestCheck.Check(request);
        var answers = new Answer[requests.Count];
        await Parallel.ForAsync(0, answers.Length, new ParallelOptions { MaxDegreeOfParallelism = _options.Workers, CancellationToken = cancel },
            async (i, stop) => answers[i] = await Recommend(requests[i], null, stop));
        return answers;
    }

    /// <summary>Puts given items into a visitor's order.</summary>
    /// <exception cref="InputException">The request cannot be understood.</exception>
    public async Task<Answer> Rank(RankRequest request, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        RequestCheck.Check(request);
        var started = _options.Clock.GetTimestamp();
        using var activity = Instruments.Activities.StartActivity("rank");
        while (true)
        {
            var served = Enter();
            var (worker, took) = (default(ScoringWorker), false);
            try
            {
                var scenario = served.Find(request.Scenario);
                var deadline = request.Deadline ?? TimeSpan.FromMilliseconds(scenario.Options.DeadlineMs);
                if (scenario.Formula is not null && (took = await Take(started, deadline, cancel))) worker = served.Rent();
                using var run = new RequestRun(served, _options.Clock, started, deadline);
                if (scenario.Formula is not null && worker is null) run.NoWorker();
                if (run.Rank(request, scenario, worker) is not { } items) continue;
                return Finish(NewId(), request.Scenario, items, served, run, started, run.Scored > 0);
            }
            finally
            {
                if (worker is not null) served.Return(worker);
                if (took) _workers.Release();
                served.Uses.Leave();
            }
        }
    }

    /// <summary>Items like one: by content, by visits and by purchases, for nobody in particular.</summary>
    /// <exception cref="InputException">There is no such item.</exception>
    public Task<Answer> Similar(string item, int count, CancellationToken cancel = default)
    {
        StoredText.Name("item", item);
        RequestCheck.Count(count);
        var now = Live.Now;
        if (now.Item(item) is var number && (number < 0 || now.Shelf[number] is null)) throw new InputException($"there is no item '{item}'; name one of the catalogue");
        return Recommend(new RecommendRequest { Scenario = BuiltInScenarios.Similar, Item = item, Count = count }, null, cancel);
    }

    /// <summary>How a kept answer came about; null where it is not known, or not any more.</summary>
    /// <exception cref="StoreUnavailableException">It is not in memory, and the store cannot be read just now.</exception>
    public async Task<AnswerExplanation?> Explain(string answerId, CancellationToken cancel = default) =>
        (await _keeper.Find(StoredText.Name("answer", answerId), cancel))?.Explanation;

    /// <summary>What is known of a user; null where nothing is.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read just now.</exception>
    public UserView? View(string user)
    {
        StoredText.Name("user", user);
        var stored = Store.Users.Get(user).GetAwaiter().GetResult();
        var served = Enter();
        try
        {
            return UserViews.Of(served, user, stored);
        }
        finally
        {
            served.Uses.Leave();
        }
    }

    /// <summary>Answers as if a scenario or a rule had been saved; nothing is kept of it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="scenario">The request's scenario as JSON; null: as it is.</param>
    /// <param name="rule">A further rule as JSON; null: none.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="InputException">The request, the scenario or the rule is not right.</exception>
    public Task<Answer> DryRun(RecommendRequest request, string? scenario, string? rule, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var options = scenario is null ? null : ScenarioBook.Scenario(scenario, request.Scenario);
        var extra = rule is null ? null : ScenarioBook.Rule(rule, "that is tried");
        return Recommend(request, served =>
        {
            var book = served.Book;
            if (options is null && !book.Scenarios.ContainsKey(request.Scenario)) return served.Find(request.Scenario);
            return served.Try(request.Scenario, options ?? book.Scenarios[request.Scenario], extra is null ? book.Rules : [.. book.Rules, new("", extra)]);
        }, cancel);
    }

    // a trial has a scenario of its own, and is not kept
    private async Task<Answer> Recommend(RecommendRequest request, Func<ServedShop, Scenario>? trial, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        RequestCheck.Check(request);
        var started = _options.Clock.GetTimestamp();
        var time = _options.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        IReadOnlyList<string> earlier = [];
        if (request.After is not null) (request, earlier) = await NextPage(request, cancel);
        using var activity = Instruments.Activities.StartActivity("recommend");
        while (true)
        {
            var served = Enter();
            var (worker, took) = (default(ScoringWorker), false);
            try
            {
                var scenario = trial is null ? served.Find(request.Scenario) : trial(served);
                var deadline = request.Deadline ?? TimeSpan.FromMilliseconds(scenario.Options.DeadlineMs);
                if (scenario.Formula is not null && (took = await Take(started, deadline, cancel))) worker = served.Rent();
                using var run = new RequestRun(served, _options.Clock, started, deadline);
                if (scenario.Formula is not null && worker is null) run.NoWorker();
                if (run.Recommend(request, scenario, earlier, worker) is not { } items) continue;
                var answer = Finish(NewId(), request.Scenario, items, served, run, started, run.Scored > 0);
                if (trial is null) Keep(request, answer, earlier, scenario, run, time);
                return answer;
            }
            finally
            {
                if (worker is not null) served.Return(worker);
                if (took) _workers.Release();
                served.Uses.Leave();
            }
        }
    }

    // as much of the next page's request as it leaves out is as it was on the first
    private async Task<(RecommendRequest Request, IReadOnlyList<string> Earlier)> NextPage(RecommendRequest request, CancellationToken cancel)
    {
        if (await _keeper.Find(request.After!, cancel) is not { } before)
            throw new InputException($"the answer '{request.After}' is not known, or not any more; ask for the first page again, without 'after'");
        var first = before.Explanation.Request;
        if ((request.User ?? first.User) != first.User || (request.Session ?? first.Session) != first.Session)
            throw new InputException("'after' names an answer to somebody else; ask for the first page, without 'after'");
        string[] earlier = [.. before.Earlier, .. before.Explanation.Answer.Items.Select(i => i.Id)];
        if (earlier.Length > MostPaged) throw new InputException($"the pages before this one have {earlier.Length} items, and {MostPaged} are the most; ask for the first page again, without 'after'");
        return (first with { Count = request.Count, Explain = request.Explain, Deadline = request.Deadline, After = request.After }, earlier);
    }

    private async ValueTask<bool> Take(long started, TimeSpan deadline, CancellationToken cancel)
    {
        if (_workers.Wait(0, CancellationToken.None)) return true;
        var left = deadline - _options.Clock.GetElapsedTime(started);
        return left > TimeSpan.Zero && await _workers.WaitAsync(left, cancel);
    }

    private Answer Finish(string id, string scenario, AnswerItem[] items, ServedShop served, RequestRun run, long started, bool scored)
    {
        var took = _options.Clock.GetElapsedTime(started);
        Instruments.Answers.Record(took.TotalSeconds, new KeyValuePair<string, object?>("scenario", scenario));
        Pulse.Answered(run.Degraded, RequestRun.StageNames, run.Stages);
        foreach (var word in run.Degraded) Instruments.Degraded.Add(1, new KeyValuePair<string, object?>("reason", word));
        return new Answer
        {
            Id = id,
            Scenario = scenario,
            Items = items,
            Model = scored ? served.Model!.Id : null,
            Degraded = run.Degraded,
            Position = run.Position,
            Time = run.Time,
            Took = took,
        };
    }

    private void Keep(RecommendRequest request, Answer answer, IReadOnlyList<string> earlier, Scenario scenario, RequestRun run, long time)
    {
        if (!_keeper.MayKeep(request.User, time)) return;
        var stages = new Dictionary<string, double>(RequestRun.StageNames.Count, StringComparer.Ordinal);
        for (var s = 0; s < run.Stages.Count; s++) stages[RequestRun.StageNames[s]] = run.Stages[s].TotalMilliseconds;
        _keeper.Keep(new KeptAnswer
        {
            Explanation = new AnswerExplanation
            {
                Answer = answer,
                Request = request,
                Time = time,
                Candidates = run.Counts,
                Scored = run.Scored,
                Order = answer.Model is null ? "the order of the sources" : scenario.Order,
                Stages = stages,
            },
            Earlier = earlier,
            Expires = time + (long)_options.KeepAnswers.TotalMilliseconds,
        });
    }

    // nobody guesses another's answer
    private static string NewId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));
}
