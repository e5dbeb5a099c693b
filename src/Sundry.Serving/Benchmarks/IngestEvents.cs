using System.Globalization;

namespace Sundry.Serving;

/// <summary>Made-up events of one writer, in order of time.</summary>
internal sealed class IngestEvents(IngestBenchmarkOptions options, int writer, long start)
{
    private static readonly string[] s_types = ["impression", "impression", "impression", "view", "view", "click", "cart", "purchase"];
    private static readonly string[] s_scenarios = ["home", "item", "cart", "search"];

    private readonly Random _random = new(options.Seed * 1009 + writer);
    private long _sent;

    /// <summary>The next batch; its ids begin with <paramref name="name"/> where one is given.</summary>
    public EventRecord[] Next(int count, string? name = null)
    {
        var batch = new EventRecord[count];
        for (var i = 0; i < count; i++)
        {
            var time = start + _sent++ * options.Writers + writer;
            batch[i] = new EventRecord
            {
                Id = name is not null ? string.Create(CultureInfo.InvariantCulture, $"{name}-{i}")
                    : options.RandomIds ? string.Create(CultureInfo.InvariantCulture, $"{_random.NextInt64():x16}{_random.NextInt64():x16}") : null,
                Type = s_types[_random.Next(s_types.Length)],
                User = string.Create(CultureInfo.InvariantCulture, $"u{_random.Next(options.Names)}"),
                Item = string.Create(CultureInfo.InvariantCulture, $"i{_random.Next(options.Names)}"),
                Session = string.Create(CultureInfo.InvariantCulture, $"s{time / 60_000}"),
                Time = time,
                Price = _random.Next(100, 10_000) / 100.0,
                Position = _random.Next(1, 21),
                Scenario = s_scenarios[_random.Next(s_scenarios.Length)],
            };
        }

        return batch;
    }
}
