using System.Text.RegularExpressions;

namespace Sundry.Serving;

/// <summary>
/// What a server did lately, for the people who run it: counts and times of the last hour by minute, in memory alone and of a fixed size. It holds no names of users, sessions or items. Safe for any number of callers.
/// </summary>
public sealed partial class ShopPulse
{
    /// <summary>How many minutes are kept.</summary>
    public const int KeptMinutes = 60;

    private const int MostNames = 64;
    private static readonly TimeSpan s_late = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly TimeProvider _clock;
    private readonly Minute[] _minutes = [.. Enumerable.Range(0, KeptMinutes).Select(_ => new Minute())];
    private readonly Dictionary<string, long> _degraded = [];
    private readonly Dictionary<string, long> _accepted = [];
    private readonly Dictionary<string, long> _refused = [];
    private long _answers;
    private long _duplicates;
    private long _late;

    /// <summary>Begins to count.</summary>
    public ShopPulse(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        (_clock, Started) = (clock, clock.GetUtcNow());
    }

    /// <summary>When counting began.</summary>
    public DateTimeOffset Started { get; }

    /// <summary>A request of the interface was answered.</summary>
    /// <param name="path">Its path as a pattern, such as <c>POST /v1/events</c>.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="took">How long it took.</param>
    public void Requested(string path, int status, TimeSpan took)
    {
        lock (_lock)
        {
            var minute = Now();
            minute.Requests++;
            if (status >= 500) minute.Errors++;
            else if (status >= 400) minute.Refused++;
            minute.All.Add(took.TotalMilliseconds);
            Timing(minute.Paths, path).Add(took.TotalMilliseconds);
            if (status >= 500) minute.FailedPaths[path] = minute.FailedPaths.GetValueOrDefault(path) + 1;
        }
    }

    /// <summary>A stage of an answer was done.</summary>
    public void Staged(string stage, TimeSpan took)
    {
        lock (_lock) Timing(Now().Stages, stage).Add(took.TotalMilliseconds);
    }

    /// <summary>An answer was given.</summary>
    /// <param name="degraded">What was left out of it.</param>
    public void Answered(IReadOnlyList<string> degraded)
    {
        lock (_lock)
        {
            _answers++;
            foreach (var word in degraded) Count(_degraded, word, 1);
        }
    }

    /// <summary>An answer was given, and its stages took so long.</summary>
    internal void Answered(IReadOnlyList<string> degraded, IReadOnlyList<string> stages, IReadOnlyList<TimeSpan> took)
    {
        lock (_lock)
        {
            _answers++;
            for (var i = 0; i < degraded.Count; i++) Count(_degraded, degraded[i], 1);
            var timings = Now().Stages;
            for (var i = 0; i < stages.Count; i++) Timing(timings, stages[i]).Add(took[i].TotalMilliseconds);
        }
    }

    /// <summary>Events were handed in.</summary>
    /// <param name="events">The events.</param>
    /// <param name="receipts">[events] what became of each.</param>
    public void Told(IReadOnlyList<EventRecord> events, IReadOnlyList<EventReceipt> receipts)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(receipts);
        lock (_lock)
        {
            var late = (_clock.GetUtcNow() - s_late).ToUnixTimeMilliseconds();
            for (var i = 0; i < receipts.Count; i++)
            {
                switch (receipts[i].Outcome)
                {
                    case EventOutcome.Accepted:
                        Now().Events++;
                        Count(_accepted, events[i].Type, 1);
                        if (events[i].Time < late) _late++;
                        break;
                    case EventOutcome.Duplicate:
                        _duplicates++;
                        break;
                    default:
                        Count(_refused, General(receipts[i].Reason ?? "refused"), 1);
                        break;
                }
            }
        }
    }

    /// <summary>What was counted.</summary>
    public PulseReading Read()
    {
        lock (_lock)
        {
            var last = Index(_clock.GetUtcNow());
            var shown = Enumerable.Range(0, KeptMinutes).Select(i => last - KeptMinutes + 1 + i).Where(i => i >= Index(Started) || i == last).ToList();
            var minutes = new List<PulseMinute>(shown.Count);
            var (stages, paths, failed) = (new Dictionary<string, TimingCounts>(), new Dictionary<string, TimingCounts>(), new Dictionary<string, long>());
            foreach (var index in shown)
            {
                var minute = _minutes[index % KeptMinutes];
                if (minute.Index != index) minute = new Minute();
                minutes.Add(new(DateTimeOffset.UnixEpoch.AddMinutes(index), minute.Requests, minute.Refused, minute.Errors, minute.Events, minute.All.Quantile(0.5), minute.All.Quantile(0.99)));
                foreach (var (name, counts) in minute.Stages) counts.AddTo(Timing(stages, name));
                foreach (var (name, counts) in minute.Paths) counts.AddTo(Timing(paths, name));
                foreach (var (name, count) in minute.FailedPaths) failed[name] = failed.GetValueOrDefault(name) + count;
            }

            return new PulseReading
            {
                Minutes = minutes,
                Stages = [.. stages.Select(s => Timed(s.Key, s.Value, 0))],
                Paths = [.. paths.Select(p => Timed(p.Key, p.Value, failed.GetValueOrDefault(p.Key))).OrderByDescending(p => p.Count).ThenBy(p => p.Name, StringComparer.Ordinal)],
                Degraded = Counts(_degraded),
                Answers = _answers,
                Accepted = Counts(_accepted),
                Duplicates = _duplicates,
                Late = _late,
                Refused = Counts(_refused),
            };
        }
    }

    private static PulseTiming Timed(string name, TimingCounts counts, long errors) =>
        new(name, counts.Count, counts.Quantile(0.5), counts.Quantile(0.95), counts.Quantile(0.99), errors);

    private static long Index(DateTimeOffset time) => (long)(time - DateTimeOffset.UnixEpoch).TotalMinutes;

    private static List<NamedCount> Counts(Dictionary<string, long> counts) =>
        [.. counts.Select(c => new NamedCount(c.Key, c.Value)).OrderByDescending(c => c.Count).ThenBy(c => c.Name, StringComparer.Ordinal)];

    // what a shop sends must not fill the memory by ever new words
    private static void Count(Dictionary<string, long> counts, string name, long count)
    {
        if (counts.Count >= MostNames && !counts.ContainsKey(name)) name = "others";
        counts[name] = counts.GetValueOrDefault(name) + count;
    }

    private static TimingCounts Timing(Dictionary<string, TimingCounts> timings, string name)
    {
        if (timings.Count >= MostNames && !timings.ContainsKey(name)) name = "others";
        if (!timings.TryGetValue(name, out var counts)) timings[name] = counts = new TimingCounts();
        return counts;
    }

    // one reason is one line, and says nothing of whom it was about
    private static string General(string reason) => Particular().Replace(reason, "…");

    private Minute Now()
    {
        var index = Index(_clock.GetUtcNow());
        var minute = _minutes[index % KeptMinutes];
        if (minute.Index == index) return minute;
        return _minutes[index % KeptMinutes] = new Minute { Index = index };
    }

    [GeneratedRegex("'[^']*'|\"[^\"]*\"|[−-]?\\d[\\d.,:TZ+-]*")]
    private static partial Regex Particular();

    private sealed class Minute
    {
        public long Index { get; init; } = -1;

        public long Requests { get; set; }

        public long Refused { get; set; }

        public long Errors { get; set; }

        public long Events { get; set; }

        public TimingCounts All { get; } = new();

        public Dictionary<string, TimingCounts> Stages { get; } = [];

        public Dictionary<string, TimingCounts> Paths { get; } = [];

        public Dictionary<string, long> FailedPaths { get; } = [];
    }
}
