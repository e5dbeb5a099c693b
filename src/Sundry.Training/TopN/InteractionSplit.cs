using Sundry.Data;

namespace Sundry.Training;

/// <summary>How interactions are divided into what is known and what happened then.</summary>
public static class InteractionSplit
{
    /// <summary>Each user's latest interaction is the test; users with a single one keep it. Of one time the higher item number is the later.</summary>
    /// <exception cref="InputException">Times are not known.</exception>
    public static (Interactions Train, Interactions Test) LeaveLast(Interactions all)
    {
        RequireTimes(all);
        var test = new bool[all.Count];
        for (var user = 0; user < all.UserCount; user++)
        {
            var times = all.TimesOf(user);
            if (times.Length < 2) continue;
            var last = 0;
            for (var i = 1; i < times.Length; i++)
                if (times[i] >= times[last]) last = i;
            test[all.Offsets[user] + last] = true;
        }

        return (all.Where(i => !test[i]), all.Where(i => test[i]));
    }

    /// <summary>The latest share of all interactions is the test; those of one time stay together.</summary>
    /// <exception cref="InputException">Times are not known, or all are one.</exception>
    public static (Interactions Train, Interactions Test) ByTime(Interactions all, double share)
    {
        RequireTimes(all);
        var sorted = all.Times.Order().ToArray();
        var from = sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling((1 - share) * sorted.Length))];
        if (from == sorted[0]) throw new InputException("all interactions before the test would have its time, so nothing is left to learn from; hold a smaller share back, or split at random");
        return (all.Where(i => all.Times[i] < from), all.Where(i => all.Times[i] >= from));
    }

    /// <summary>Of each user's interactions a share is drawn as the test, rounded to the nearest whole number, so that everybody is in both parts.</summary>
    public static (Interactions Train, Interactions Test) Random(Interactions all, double share, ulong seed)
    {
        var test = new bool[all.Count];
        for (var user = 0; user < all.UserCount; user++)
        {
            // a user's draw depends on the user alone
            var random = new SequenceRandom(PoissonResampling.Mix(seed) ^ ((ulong)user << 20));
            int[] order = [.. Enumerable.Range(all.Offsets[user], all.Offsets[user + 1] - all.Offsets[user])];
            random.Shuffle(order);
            foreach (var at in order.AsSpan(0, (int)Math.Round(share * order.Length))) test[at] = true;
        }

        return (all.Where(i => !test[i]), all.Where(i => test[i]));
    }

    /// <summary>Of all interactions a share is drawn as the test, whoever's they are; each pair goes with all of its events.</summary>
    /// <param name="all">What is split.</param>
    /// <param name="share">The share, 0..1.</param>
    /// <param name="seed">Of the draw.</param>
    /// <param name="type">Only pairs that events of this type made are tested; null: all.</param>
    /// <exception cref="InputException">There is no such type.</exception>
    public static (Interactions Train, Interactions Test) Pairs(Interactions all, double share, ulong seed, string? type = null)
    {
        var random = new SequenceRandom(PoissonResampling.Mix(seed));
        var bit = type is null ? -1 : all.TypeNumber(type);
        var test = new bool[all.Count];
        for (var pair = 0; pair < test.Length; pair++)
            test[pair] = (bit < 0 || (all.TypeBits[pair] >> bit & 1) != 0) && random.Next() < share * ulong.MaxValue;
        return (all.Where(i => !test[i]), all.Where(i => test[i]));
    }

    private static void RequireTimes(Interactions all)
    {
        if (!all.HasTimes) throw new InputException("a split by time needs the time of every interaction; give a column 'time', or split at random");
    }
}
