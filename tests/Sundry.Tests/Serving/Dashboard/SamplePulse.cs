using Sundry.Serving;

namespace Sundry.Tests.Serving;

/// <summary>Three quarters of an hour of a shop that is busy.</summary>
internal static class SamplePulse
{
    public const int Minutes = 45;

    public static void Fill(ShopPulse pulse, TestClock clock)
    {
        for (var minute = 0; minute < Minutes; minute++)
        {
            Minute(pulse, clock.Now, minute);
            clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    public static void Minute(ShopPulse pulse, long now, int minute)
    {
        var random = new Random(minute);
        for (var i = 0; i < 200 + 80 * Math.Sin(minute * 0.17) + random.Next(40); i++)
        {
            var took = TimeSpan.FromMilliseconds(1.5 + random.NextDouble() * random.NextDouble() * 7);
            pulse.Requested(i % 3 == 0 ? "POST /v1/events" : "POST /v1/recommend", i == 9 && minute % 11 == 7 ? 503 : i % 60 == 59 ? 422 : 200, took);
            foreach (var (stage, share) in new[] { ("retrieve", 0.3), ("features", 0.15), ("score", 0.45), ("rules", 0.1) }) pulse.Staged(stage, took * share);
            pulse.Answered(i % 97 == 96 ? ["fewer_candidates"] : []);
            var record = new EventRecord { Type = "view", User = "u1", Item = "i1", Time = now - (i % 50 == 0 ? 9_000_000 : 0) };
            pulse.Told([record], [i % 80 == 79 ? new(EventOutcome.Refused, null, 0, "the event has neither a user nor a session; give one of them") : i % 40 == 0 ? new(EventOutcome.Duplicate, "1", 0, null) : new(EventOutcome.Accepted, "1", i, null)]);
        }
    }
}
