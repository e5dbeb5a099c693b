namespace Sundry.Serving;

/// <summary>Fields of requests within their ranges, or a problem that names them.</summary>
internal static class Checked
{
    /// <summary>The most characters of a search.</summary>
    public const int LongestQuery = 1_000;

    private const int MostNames = 10_000;
    private const int MostContext = 64;
    private const double LongestDeadline = 60_000;

    public static string? Name(string field, string? value) => Text(field, value, EventRules.LongestName, mayBeEmpty: false);

    public static string? Text(string field, string? value, int longest, bool mayBeEmpty = true) =>
        StoredText.Problem(field, value, longest, mayBeEmpty) is { } problem ? throw Range(field, problem) : value;

    public static IReadOnlyList<string> Names(string field, IReadOnlyList<string>? values)
    {
        if (values is null) return [];
        if (values.Count > MostNames) throw Range(field, $"'{field}' has {values.Count} entries, and {MostNames} are the most; send fewer");
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is null) throw Range($"{field}[{i}]", $"'{field}[{i}]' is null; leave it out");
            Name($"{field}[{i}]", values[i]);
        }

        return values;
    }

    public static IReadOnlyDictionary<string, string> Context(string field, IReadOnlyDictionary<string, string>? context)
    {
        if (context is null) return new Dictionary<string, string>();
        if (context.Count > MostContext) throw Range(field, $"'{field}' has {context.Count} entries, and {MostContext} are the most; send those that the model or the rules know");
        foreach (var (name, value) in context)
        {
            Name(field, name);
            Text($"{field}.{name}", value, EventRules.LongestText);
        }

        return context;
    }

    public static int? Count(string field, int? value) =>
        value is null or (>= 1 and <= RequestCheck.MostCount) ? value : throw Range(field, $"'{field}' is {value} and not from 1 to {RequestCheck.MostCount}; ask for fewer, and for the next page with 'after'");

    public static TimeSpan? Deadline(string field, double? value) =>
        value is null ? null
            : value is > 0 and <= LongestDeadline ? TimeSpan.FromMilliseconds(value.Value)
            : throw Range(field, $"'{field}' is not above 0 and at most {LongestDeadline:0}; give milliseconds");

    public static ProblemException Missing(string field, string mend) => new(new Problem(422, "missing_field", $"the field '{field}' is missing", mend) { Field = field });

    public static ProblemException Range(string field, string sentence) => new(Problem.Of(422, "out_of_range", sentence, field));
}
