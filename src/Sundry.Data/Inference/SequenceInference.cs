namespace Sundry.Data;

/// <summary>Tells sequences from sets: several values in one field that have an order, because the column's name says so or because values come again within a row.</summary>
internal static class SequenceInference
{
    private const double RepeatShare = 0.05;
    private const double KnownShare = 0.5;

    private static readonly HashSet<string> s_words = ["history", "hist", "sequence", "seq", "recent", "recently", "last", "latest", "previous", "prev", "past", "clicked", "viewed", "bought", "visited", "watched", "played", "path"];

    /// <summary>Makes sequences of those sets that are none: with the table of the column whose values they hold, or along the sequence that they go with value by value.</summary>
    /// <param name="features">Names and verdicts; changed in place.</param>
    /// <param name="columns">The columns that they are of.</param>
    public static void Refine(List<(string Name, FeatureVerdict Verdict)> features, IReadOnlyList<ColumnProfile> columns)
    {
        var found = new List<(ColumnProfile Column, string Separator)>();
        for (int i = 0; i < features.Count; i++)
        {
            var (name, verdict) = features[i];
            if (verdict.Options is not { Kind: FeatureKind.MultiCategorical } set) continue;
            var column = columns.First(c => c.Name == name);
            if (!ColumnWords.Of(name).Any(s_words.Contains) && Repeats(column, set.Separator) < RepeatShare) continue;
            var along = found.Find(other => GoesAlong(column, set.Separator, other.Column, other.Separator)).Column?.Name;
            var table = along is null ? features.Find(other => other.Verdict.Options!.Kind == FeatureKind.Categorical && Holds(column, set.Separator, columns.First(c => c.Name == other.Name))).Name : null;
            found.Add((column, set.Separator));
            var options = new FeatureOptions { Kind = FeatureKind.Sequence, Separator = set.Separator, Along = along, Table = table };
            features[i] = (name, verdict with { Options = options, Note = $"{verdict.Note}; in an order, oldest first" });
        }
    }

    private static string[] Parts(ColumnProfile column, int code, string separator) =>
        column.Sample.Bytes(code).Length >= ColumnSample.LongestText ? [] : column.Sample.Text(code).Split(separator);

    // the share of rows with several values in which one comes again
    private static double Repeats(ColumnProfile column, string separator)
    {
        long several = 0;
        long again = 0;
        foreach (int code in column.Values)
        {
            var parts = Parts(column, code, separator);
            if (parts.Length < 2) continue;
            several += column.Counts[code];
            if (parts.Distinct(StringComparer.Ordinal).Count() < parts.Length) again += column.Counts[code];
        }

        return several == 0 ? 0 : again / (double)several;
    }

    private static bool Holds(ColumnProfile column, string separator, ColumnProfile of)
    {
        var known = of.Values.Select(of.Sample.Text).ToHashSet(StringComparer.Ordinal);
        var parts = column.Values.SelectMany(code => Parts(column, code, separator)).ToHashSet(StringComparer.Ordinal);
        return parts.Count > 0 && parts.Count(known.Contains) >= KnownShare * parts.Count;
    }

    // as many values in every row of the sample, and more than one in some
    private static bool GoesAlong(ColumnProfile column, string separator, ColumnProfile of, string other)
    {
        var own = Lengths(column, separator);
        var theirs = Lengths(of, other);
        bool several = false;
        for (int row = 0; row < column.Rows; row++)
        {
            if (own[column.Sample.Codes[row]] != theirs[of.Sample.Codes[row]]) return false;
            several |= own[column.Sample.Codes[row]] > 1;
        }

        return several;
    }

    private static int[] Lengths(ColumnProfile column, string separator)
    {
        var lengths = new int[column.Counts.Length];
        foreach (int code in column.Values) lengths[code] = Parts(column, code, separator).Length;
        return lengths;
    }
}
