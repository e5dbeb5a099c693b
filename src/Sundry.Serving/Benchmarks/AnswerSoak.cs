using System.Globalization;

namespace Sundry.Serving;

/// <summary>
/// Asks a server for random answers while others hide items, sell them out, delete them, bring them back and buy them, and looks into each answer for an item that was not to be in it: one
/// that a change took off before the answer began and none brought back before it ended.
/// </summary>
public static class AnswerSoak
{
    private const int BoughtKept = 5;
    private static readonly string[] s_scenarios = ["home", "item", "cart", "search", "visitor", "email"];

    /// <summary>Runs it on a store of its own.</summary>
    /// <exception cref="Data.InputException">An option is out of its range.</exception>
    public static async Task<AnswerSoakResult> Run(AnswerSoakOptions options, IProgress<string>? progress = null, CancellationToken cancel = default)
    {
        options.Check();
        var folder = Directory.CreateTempSubdirectory("sundry-answers-").FullName;
        try
        {
            using var store = ShopStore.Open(Path.Combine(folder, "shop.db"));
            await using var server = await ShopServer.Open(store, null, new ServeOptions { AnswersInMemory = 1000, AnswersWaiting = 1 }, cancel);
            return await new Soak(options, server).Run(progress, cancel);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Item(int item, string more = "") => string.Create(CultureInfo.InvariantCulture,
        $"{{\"title\":\"thing {item % 97} of {item}\",\"category\":\"c{item % 11}\",\"brand\":\"b{item % 23}\",\"price\":{1 + item % 50}{more}}}");

    private sealed class Soak(AnswerSoakOptions options, ShopServer server)
    {
        // for each item whether it must not be shown: since which change; a change under way makes it uncertain
        private readonly State[] _items = [.. Enumerable.Range(0, options.Items).Select(_ => new State())];
        private readonly System.Collections.Concurrent.ConcurrentQueue<string>[] _bought = [.. Enumerable.Range(0, options.Users).Select(_ => new System.Collections.Concurrent.ConcurrentQueue<string>())];
        private long _asked;
        private long _answered;
        private long _changes;
        private long _broken;
        private long _empty;
        private string? _first;

        public async Task<AnswerSoakResult> Run(IProgress<string>? progress, CancellationToken cancel)
        {
            await server.PutItems([.. Enumerable.Range(0, options.Items).Select(i => ($"i{i}", Item(i)))], cancel);
            await server.PutUsers([.. Enumerable.Range(0, options.Users).Select(u => ($"u{u}", $"{{\"blocked\":[\"i{u % options.Items}\",\"i{(u + 7) % options.Items}\"]}}"))], cancel);
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var changing = Task.Run(() => Change(ended.Token), cancel);
            await Task.WhenAll(Enumerable.Range(0, options.Callers).Select(c => Task.Run(() => Ask(new Random(options.Seed * 1000 + c), progress, cancel), cancel)));
            await ended.CancelAsync();
            await changing;
            return new AnswerSoakResult(_answered, _changes, _broken, _empty, _first, options);
        }

        private async Task Change(CancellationToken cancel)
        {
            var random = new Random(options.Seed);
            try
            {
                while (!cancel.IsCancellationRequested)
                {
                    var (item, user, kind) = (random.Next(options.Items), random.Next(options.Users), random.Next(6));
                    var state = _items[item];
                    if (kind is 3 or 4 && !state.IsGone) continue;
                    if (kind == 5)
                    {
                        var told = await server.Tell([new EventRecord { Type = "purchase", User = $"u{user}", Item = $"i{item}", Time = server.Live.Moment() }], cancel);
                        if (told[0].Outcome == EventOutcome.Accepted) _bought[user].Enqueue($"i{item}");
                        while (_bought[user].Count > BoughtKept) _bought[user].TryDequeue(out _);
                    }
                    else if (kind < 3 && !state.IsGone)
                    {
                        if (kind == 0) await server.PatchItems([($"i{item}", "{\"hidden\":true}")], cancel);
                        else if (kind == 1) await server.PatchItems([($"i{item}", "{\"stock\":0}")], cancel);
                        else await server.DeleteItem($"i{item}", cancel);
                        state.Went();
                    }
                    else if (state.IsGone)
                    {
                        // from now on it may be there
                        state.Comes();
                        await server.PutItems([($"i{item}", Item(item))], cancel);
                    }

                    Interlocked.Increment(ref _changes);
                }
            }
            catch (OperationCanceledException)
            {
                // the last request was answered
            }
        }

        private async Task Ask(Random random, IProgress<string>? progress, CancellationToken cancel)
        {
            while (Interlocked.Increment(ref _asked) is var number && number <= options.Requests)
            {
                // a change waits for the disk, an answer does not: without this few changes would stand beside many answers
                while (Interlocked.Read(ref _changes) * options.AnswersPerChange < number) await Task.Delay(1, cancel);
                var user = random.Next(options.Users);
                var request = new RecommendRequest
                {
                    User = $"u{user}",
                    Scenario = s_scenarios[random.Next(s_scenarios.Length)],
                    Count = random.Next(1, 30),
                    Item = random.Next(2) == 0 ? $"i{random.Next(options.Items)}" : null,
                    Cart = random.Next(3) == 0 ? [$"i{random.Next(options.Items)}"] : [],
                    Query = random.Next(4) == 0 ? $"thing {random.Next(97)}" : null,
                    Exclude = random.Next(4) == 0 ? [$"i{random.Next(options.Items)}"] : [],
                    Explain = random.Next(2) == 0,
                };
                var gone = _items.Select(i => i.Since).ToArray();
                var bought = _bought[user].ToArray();
                var answer = await server.Recommend(request, cancel);
                Interlocked.Increment(ref _answered);
                if (answer.Items.Count == 0) Interlocked.Increment(ref _empty);
                var ids = new HashSet<string>(StringComparer.Ordinal);
                foreach (var item in answer.Items)
                {
                    var place = int.Parse(item.Id.AsSpan(1), CultureInfo.InvariantCulture);
                    var wrong = !ids.Add(item.Id) ? "is there twice"
                        : gone[place] != 0 && gone[place] == _items[place].Since ? "was taken off before"
                        : bought.Contains(item.Id) ? "was just bought"
                        : place == user % options.Items || place == (user + 7) % options.Items || request.Exclude.Contains(item.Id) || request.Cart.Contains(item.Id) || item.Id == request.Item ? "was blocked or excluded"
                        : null;
                    if (wrong is null) continue;
                    Interlocked.Increment(ref _broken);
                    Interlocked.CompareExchange(ref _first, $"{item.Id} {wrong}, and {request.Scenario} showed it to {request.User}", null);
                }

                if (number % 10_000 == 0) progress?.Report($"{number:N0} answers, {_changes:N0} changes");
            }
        }
    }

    /// <summary>Since which change an item is gone; 0 while it may be there.</summary>
    private sealed class State
    {
        private long _count;
        private long _since;

        public bool IsGone => Since != 0;

        public long Since => Volatile.Read(ref _since);

        public void Went() => Volatile.Write(ref _since, ++_count);

        public void Comes() => Volatile.Write(ref _since, 0);
    }
}
