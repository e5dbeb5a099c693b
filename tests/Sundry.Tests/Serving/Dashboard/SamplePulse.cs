using Sundry.Serving;

namespace Sundry.Tests.Serving;

/// <summary>A minute of a shop that is busy.</summary>
internal static class SamplePulse
{
    public static void Fill(ShopPulse pulse)
    {
        var random = new Random(3);
        for (var i = 0; i < 600; i++)
        {
            var took = TimeSpan.FromMilliseconds(1.5 + random.NextDouble() * random.NextDouble() * 9);
            pulse.Requested(i % 3 == 0 ? "POST /v1/events" : "POST /v1/recommend", i % 150 == 149 ? 503 : i % 60 == 59 ? 422 : 200, took);
            foreach (var (stage, share) in new[] { ("retrieve", 0.3), ("features", 0.15), ("score", 0.45), ("rules", 0.1) }) pulse.Staged(stage, took * share);
            pulse.Answered(i % 97 == 0 ? ["fewer_candidates"] : []);
            var record = new EventRecord { Type = "view", User = "u1", Item = "i1", Time = pulse.Started.ToUnixTimeMilliseconds() - (i % 50 == 0 ? 9_000_000 : 0) };
            pulse.Told([record], [i % 80 == 79 ? new(EventOutcome.Refused, null, 0, "the event has neither a user nor a session; give one of them") : i % 40 == 0 ? new(EventOutcome.Duplicate, "1", 0, null) : new(EventOutcome.Accepted, "1", i, null)]);
        }
    }
}
