using Sundry.Data;

namespace Sundry.Serving;

/// <summary>
/// Starts <c>sundry serve</c> as a process, lets clients tell events, change and delete items and users, and ask for recommendations, kills it (SIGKILL) at a random moment, and looks into the store: nothing that was acknowledged
/// may be missing, nothing may be there twice, no change in part, and the state that a start comes to must be, byte for byte, what a rebuild comes to. Again and again, on the same store. Some servers are killed while they start, some
/// while they stop and save.
/// </summary>
public static class ServeSoak
{
    // a second apart: enough that clicks within an hour have labels
    private const int ModelItems = 8_000;
    private const int StoppingMs = 400;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    /// <summary>Runs it.</summary>
    /// <param name="options">On which store, how often.</param>
    /// <param name="command">The program that serves, with its first arguments; <c>serve</c>, the store and the like are added.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="progress">Told what is going on, in words.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="InputException">An option is out of its range, the store has events already, or the server does not start.</exception>
    public static async Task<ServeSoakResult> Run(ServeSoakOptions options, IReadOnlyList<string> command, TimeProvider clock, IProgress<string>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        var folder = Directory.CreateTempSubdirectory("sundry-soak-").FullName;
        try
        {
            // weights do not matter, counters and histories of the state do
            var model = new AnswerBenchmarkShop(new AnswerBenchmarkOptions { Items = ModelItems, Users = 20, Features = 10, Embedding = 4, Levels = 1, Seed = options.Seed }, folder, clock).Model(cancel);
            return await new Soak(options, command, model, clock).Run(progress, cancel);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private sealed class Soak
    {
        private readonly ServeSoakOptions _options;
        private readonly IReadOnlyList<string> _command;
        private readonly string _model;
        private readonly TimeProvider _clock;
        private readonly SoakTally _tally = new();
        private readonly SoakClient[] _clients;
        private readonly Random _random;

        public Soak(ServeSoakOptions options, IReadOnlyList<string> command, string model, TimeProvider clock)
        {
            (_options, _command, _model, _clock) = (options, command, model, clock);
            _clients = [.. Enumerable.Range(0, options.Clients).Select(c => new SoakClient(options, c, _tally, clock))];
            _random = new Random(options.Seed);
        }

        public async Task<ServeSoakResult> Run(IProgress<string>? progress, CancellationToken cancel)
        {
            using var check = new SoakCheck(_options, _model, _tally, _clock);
            await check.Begin(_clients, cancel);
            for (var cycle = 0; cycle < _options.Cycles; cycle++)
            {
                cancel.ThrowIfCancellationRequested();
                // the first one shows how long a start takes
                if (cycle > 0 && _random.Next(8) == 0) KillStarting();
                else await LoadAndKill(cycle, cancel);
                await check.Look(_clients, checkpoint: _random.Next(2) == 0, cancel);
                _tally.Add(SoakCount.Cycles);
                var so = _tally.Result();
                progress?.Report(FormattableString.Invariant(
                    $"killed {so.Cycles} times: {so.Acknowledged:N0} events and {so.Changes:N0} changes acknowledged, {so.Answers:N0} answers; {so.Lost} lost, {so.Doubled} doubled, {so.Torn} in part, {so.Strayed} strayed, {so.Differing} states differ; ready in {so.SlowestReadyMs:0} ms at most"));
            }

            return _tally.Result();
        }

        private void KillStarting()
        {
            using var server = new SoakServer(_command, _options.Store, _model);
            Wait(_random.NextDouble() * _tally.SlowestReadyMs);
            _tally.Add(SoakCount.Starting);
        }

        private async Task LoadAndKill(int cycle, CancellationToken cancel)
        {
            using var server = new SoakServer(_command, _options.Store, _model);
            if (await server.Ready(cancel) is not var (address, took)) throw server.Silent();
            _tally.SlowestReadyMs = Math.Max(_tally.SlowestReadyMs, took.TotalMilliseconds);
            if (took > _options.ReadyWithin) _tally.Wrong(SoakCount.Late, FormattableString.Invariant($"a start took {took.TotalSeconds:0.0} s"));
            using var http = new HttpClient { BaseAddress = new Uri(address, "v1/"), Timeout = s_patience };
            var client = new SundryClient(http, new SundryClientOptions { Tries = 1, Clock = _clock });
            // in two of three cycles nothing is deleted, so that states are followed rather than made anew
            var before = Done;
            var running = Task.WhenAll(_clients.Select(c => Task.Run(() => c.Run(client, cycle, deletes: cycle % 3 == 0), CancellationToken.None)));
            // on a machine that is busy the first call takes its time
            while (Done == before && !running.IsCompleted) Wait(1);
            Wait(_random.NextDouble() * _options.LongestRun.TotalMilliseconds);
            if (_random.Next(4) == 0 && server.Ask())
            {
                Wait(_random.NextDouble() * StoppingMs);
                _tally.Add(SoakCount.Stopping);
            }

            server.Kill();
            await running;
        }

        private long Done => _tally[SoakCount.Acknowledged] + _tally[SoakCount.Changes] + _tally[SoakCount.Answers];

        // a timer of the pool comes late when there is much to do
        private static void Wait(double milliseconds)
        {
            using var never = new ManualResetEventSlim();
            never.Wait(TimeSpan.FromMilliseconds(milliseconds));
        }
    }
}
