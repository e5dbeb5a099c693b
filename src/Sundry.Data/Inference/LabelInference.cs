using System.Globalization;

namespace Sundry.Data;

/// <summary>Finds the columns that say what happened, and what kind of task each is.</summary>
internal static class LabelInference
{
    private const int MostClasses = 1000;
    private const int FewClasses = 20;

    private static readonly HashSet<string> s_outcomes =
    [
        "label", "labels", "target", "click", "clicks", "clicked", "ctr", "cvr", "buy", "bought", "purchase", "purchased", "convert", "converted", "conversion", "conversions", "rating", "ratings", "stars", "overall", "churn", "churned", "exited", "attrition",
        "spend", "visit", "visited", "like", "liked", "cart", "carted", "favorite", "favourite", "recommended", "subscribed", "survived", "dwell", "watched", "installed", "responded", "redeemed", "unsubscribed", "defaulted",
    ];

    // outcomes in one table and features in another: something else must speak for them too
    private static readonly HashSet<string> s_perhaps =
    [
        "y", "class", "income", "outcome", "response", "returned", "return", "opened", "open", "default", "quality", "score", "price", "saleprice", "sale_price", "charges", "output", "revenue", "order", "ordered", "deposit", "recommend", "share", "shared", "follow", "followed", "install",
        "add_to_cart", "add_to_basket", "dwell_time", "watch_time", "play_time", "play_count", "long_view", "sales", "demand", "species", "variety", "diagnosis", "approved", "fraud", "is_fraud", "won", "result", "satisfaction",
    ];

    private static readonly HashSet<string> s_aside = ["is", "has", "was", "did", "ind", "flag", "label", "target", "yn", "binary", "bool", "indicator", "time", "seconds", "sec", "ms", "minutes", "float", "token"];

    private static readonly HashSet<string> s_yes = new(["1", "1.0", "true", "t", "yes", "y", "positive", "pos", "+"], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> s_no = new(["0", "0.0", "-1", "-1.0", "false", "f", "no", "n", "negative", "neg", "-"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The labels of a table nobody named them for; empty where nothing looks like one.</summary>
    public static IReadOnlyList<LabelGuess> Find(IReadOnlyList<ColumnProfile> columns)
    {
        var last = columns[^1];
        var sure = columns.Where(column => CanBeLabel(column) && (IsOutcome(column.Name) || (column == last && IsPerhaps(column.Name)))).ToArray();
        if (sure.Length > 0) return [.. sure.Select(column => new LabelGuess(column, Task(column), "its name is an outcome's"))];
        var perhaps = columns.Where(column => CanBeLabel(column) && IsPerhaps(column.Name)).ToArray();
        if (perhaps.Any(column => column.Distinct == 2)) perhaps = [.. perhaps.Where(column => column.Distinct == 2)];
        if (perhaps.Length > 0) return [.. perhaps.Select(column => new LabelGuess(column, Task(column), "its name may be an outcome's"))];
        if (!CanBeLabel(last) || (last.Distinct != 2 && (last.IsNumber ? ColumnWords.IsCode(last.Name) == true || ColumnWords.IsRowWeight(last.Name) : last.Distinct > FewClasses))) return [];
        return [new LabelGuess(last, Task(last), "a guess, being the last column")];
    }

    /// <summary>Whether the name alone says that the column is known only afterwards.</summary>
    public static bool IsOutcome(string name)
    {
        var words = ColumnWords.Of(name);
        if (words.Count > 1 && words[0] is "is" or "has" or "was" or "did" && words.Skip(1).All(word => s_outcomes.Contains(word) || s_perhaps.Contains(word))) return true;
        return words.Any(s_outcomes.Contains) && words.All(word => s_outcomes.Contains(word) || s_aside.Contains(word) || word.All(char.IsAsciiDigit));
    }

    /// <summary>The task on a column that the user named, as <c>name</c> or <c>name=positive</c>.</summary>
    /// <exception cref="InputException">There is no such column or value, or the column cannot be a label.</exception>
    public static LabelGuess Named(string label, IReadOnlyList<ColumnProfile> columns, string file)
    {
        if (columns.FirstOrDefault(column => column.Name == label) is { } whole) return new LabelGuess(whole, Task(whole, label), "named");
        for (int at = label.IndexOf('='); at >= 0; at = label.IndexOf('=', at + 1))
        {
            var name = label[..at].Trim();
            if (columns.FirstOrDefault(column => column.Name == name) is not { } column) continue;
            var positive = label[(at + 1)..].Trim();
            var values = column.Values.Select(column.Sample.Text).ToArray();
            if (!values.Contains(positive, StringComparer.Ordinal))
            {
                var near = NearestName.Ask(positive, values.Take(MostClasses));
                throw new InputException($"--label {label}: no row that was looked at has '{positive}' in column '{name}'{(near.Length > 0 ? near : $"; it holds {column.Top(3)}")}", file);
            }

            if (values.Length == 1) throw new InputException($"--label {label}: every row has '{positive}' in column '{name}', which leaves nothing to learn", file);
            return new LabelGuess(column, new TaskOptions { Type = TaskType.Binary, Positive = [positive] }, "named");
        }

        var wanted = label.Split('=')[0].Trim();
        var names = columns.Select(column => column.Name).ToArray();
        throw new InputException($"--label {label}: there is no column '{wanted}'{NearestName.Ask(wanted, names)} (the columns are {string.Join(", ", names.Take(30))}{(names.Length > 30 ? ", …" : "")})", file);
    }

    /// <summary>The task's type and positive value in a few words.</summary>
    public static string Say(LabelGuess guess)
    {
        var column = guess.Column;
        if (guess.Options.Type == TaskType.Binary)
        {
            long positives = column.Values.Where(code => guess.Options.Positive.Contains(column.Sample.Text(code), StringComparer.Ordinal)).Sum(code => (long)column.Counts[code]);
            return $"{ColumnProfile.Percent(positives, column.Present)} positive";
        }

        return guess.Options.Type == TaskType.Multiclass ? $"{column.Distinct} classes: {column.Top(3)}" : FeatureInference.Say(column);
    }

    private static TaskOptions Task(ColumnProfile column, string? named = null)
    {
        if (column.Distinct == 2) return new TaskOptions { Type = TaskType.Binary, Positive = [Positive(column)] };
        if (column.IsNumber) return new TaskOptions { Type = NumberTask(column) };
        if (column.Distinct is > 2 and <= MostClasses) return new TaskOptions { Type = TaskType.Multiclass };
        var what = column.Distinct < 2 ? "has one value only, which leaves nothing to learn" : $"has {column.Distinct.ToString("N0", CultureInfo.InvariantCulture)} different texts; a label is a number or has at most {MostClasses} classes";
        throw new InputException($"--label {named}: the column {what}; name another one, or one value as --label \"{named}=VALUE\"");
    }

    private static bool IsPerhaps(string name)
    {
        var words = ColumnWords.Of(name);
        return s_perhaps.Contains(string.Join('_', words)) || (words.Any(word => s_outcomes.Contains(word) || s_perhaps.Contains(word)) && words.All(word => s_outcomes.Contains(word) || s_perhaps.Contains(word) || s_aside.Contains(word)))
            || (words.Count > 1 && words[0] is "label" or "target" or "y");
    }

    private static bool CanBeLabel(ColumnProfile column)
    {
        if (column.Distinct < 2 || column.IsDate) return false;
        return column.IsNumber || (column.Distinct <= FewClasses * 5 && column.Words < 6);
    }

    private static string Positive(ColumnProfile column)
    {
        var (first, second) = (column.Sample.Text(column.Values[0]), column.Sample.Text(column.Values[1]));
        if (s_yes.Contains(first) && !s_yes.Contains(second)) return first;
        if (s_yes.Contains(second) && !s_yes.Contains(first)) return second;
        if (s_no.Contains(first)) return second;
        if (s_no.Contains(second)) return first;
        if (column.IsNumber && double.Parse(first, CultureInfo.InvariantCulture) > double.Parse(second, CultureInfo.InvariantCulture)) return first;
        // values come by frequency: what is predicted is mostly the rarer one
        return second;
    }

    private static TaskType NumberTask(ColumnProfile column)
    {
        if (!column.IsWhole) return TaskType.Regression;
        var words = ColumnWords.Of(column.Name);
        if (words.Any(word => word is "rating" or "ratings" or "stars" or "score" or "quality" or "grade" or "satisfaction" or "price" or "saleprice" or "revenue" or "spend" or "amount")) return TaskType.Regression;
        bool counts = words.Any(word => word is "count" or "counts" or "cnt" or "num" or "number" or "quantity" or "qty" or "clicks" or "visits" or "orders" or "purchases" or "conversions" or "views" or "demand");
        if (column.Least >= 0 && counts) return TaskType.Count;
        if (column.Distinct <= FewClasses && words.Any(word => word is "class" or "label" or "target" or "y" or "outcome" or "category" or "type" or "species" or "diagnosis")) return TaskType.Multiclass;
        return column is { Least: 0, Most: <= 100 } ? TaskType.Count : TaskType.Regression;
    }
}
