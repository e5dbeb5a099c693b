using System.Collections.Concurrent;

namespace Sundry.Serving;

/// <summary>So many requests a second for each name, as many at once; what is not used in a second is not saved.</summary>
internal sealed class RateLimits(int perSecond, TimeProvider clock)
{
    /// <summary>The most names that are told apart; beyond, those that rest are forgotten.</summary>
    public const int Most = 10_000;

    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    /// <summary>Counts a request.</summary>
    /// <returns>Null where it may be done, otherwise after what time.</returns>
    public TimeSpan? Take(string name)
    {
        if (perSecond == 0) return null;
        var now = clock.GetTimestamp();
        if (!_buckets.TryGetValue(name, out var bucket))
        {
            if (_buckets.Count >= Most) Forget(now);
            bucket = _buckets.GetOrAdd(name, _ => new Bucket { Left = perSecond, Filled = now });
        }

        lock (bucket)
        {
            Fill(bucket, now);
            if (bucket.Left < 1) return TimeSpan.FromSeconds((1 - bucket.Left) / perSecond);
            bucket.Left--;
            return null;
        }
    }

    private void Fill(Bucket bucket, long now)
    {
        if (now <= bucket.Filled) return;
        bucket.Left = Math.Min(perSecond, bucket.Left + perSecond * clock.GetElapsedTime(bucket.Filled, now).TotalSeconds);
        bucket.Filled = now;
    }

    private void Forget(long now)
    {
        foreach (var (name, bucket) in _buckets)
            if (clock.GetElapsedTime(bucket.Filled, now) > TimeSpan.FromSeconds(1)) _buckets.TryRemove(name, out _);
        if (_buckets.Count >= Most) _buckets.Clear();
    }

    private sealed class Bucket
    {
        public double Left { get; set; }

        public long Filled { get; set; }
    }
}
