namespace Sundry.Data;

/// <summary>Finds the name that a misspelt one was probably meant to be.</summary>
public static class NearestName
{
    /// <summary>
    /// The candidate at the smallest edit distance (insert, delete, replace, swap of neighbours; case is free), the first of several; null where even that one differs in more
    /// than a third of the letters, and one more.
    /// </summary>
    public static string? Of(string name, IEnumerable<string> candidates)
    {
        string? best = null;
        int least = 2 + name.Length / 3;
        foreach (var candidate in candidates)
        {
            int distance = Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant());
            // a whole word inside a compound name is close however long the rest: "rate" for "learning_rate"
            if (distance >= least && name.Length >= 3 && candidate.Split('_').Contains(name, StringComparer.OrdinalIgnoreCase)) distance = least - 1;
            if (distance >= least) continue;
            least = distance;
            best = candidate;
        }

        return best;
    }

    /// <summary>"; did you mean 'x'?", or nothing where no candidate is near.</summary>
    public static string Ask(string name, IEnumerable<string> candidates) => Of(name, candidates) is { } near ? $"; did you mean '{near}'?" : "";

    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++) rows[i, 0] = i;
        for (int j = 0; j <= b.Length; j++) rows[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int replace = rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                int best = Math.Min(replace, 1 + Math.Min(rows[i - 1, j], rows[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) best = Math.Min(best, 1 + rows[i - 2, j - 2]);
                rows[i, j] = best;
            }
        }

        return rows[a.Length, b.Length];
    }
}
