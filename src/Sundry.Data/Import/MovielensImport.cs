namespace Sundry.Data;

/// <summary>MovieLens 100K and 1M (GroupLens): ratings as events, films and viewers beside them. Harper and Konstan, TiiS 2015.</summary>
internal sealed class MovielensImport : IDataImport
{
    private static readonly string[] s_genres =
    [
        "unknown", "Action", "Adventure", "Animation", "Children's", "Comedy", "Crime", "Documentary", "Drama", "Fantasy", "Film-Noir", "Horror", "Musical", "Mystery", "Romance",
        "Sci-Fi", "Thriller", "War", "Western",
    ];

    public string Name => "movielens";

    public string Files => "the folder of MovieLens 100K (u.data) or 1M (ratings.dat)";

    public void Write(ImportJob job)
    {
        var small = job.Find("u.data");
        var ratings = small ?? job.Find("ratings.dat");
        if (small is not null) WriteSmall(job, small);
        else if (ratings is not null) WriteLarge(job, ratings);
        else WritePairs(job, job.Require("u.data", "ratings.dat", "ml1m_pairs_in_file_order.csv"));
        job.ConfigureLog(ratings is null
            ? new LogTasks("{kind: rating, negatives: {count: 4}}", ["watched: {type: binary, event: rating}"])
            : new LogTasks("rating", ["like: {type: binary, label: value, positive: [4, 5]}", "stars: {type: regression, label: value}"]));
    }

    private static void WriteSmall(ImportJob job, string path)
    {
        using (var events = job.Create(ImportJob.Events, "type", "user", "item", "time", "value"))
            foreach (var line in job.Lines(path, "\t", 4)) events.Row("rating", line[0], line[1], ImportJob.Time(line[3], path), line[2]);
        if (job.Find("u.user") is { } own) WriteUsers(job, job.Lines(own, "|", 5), 1, 2);
        else if (job.Find("ml-100k.user") is { } atomic) WriteUsers(job, job.Lines(atomic, "\t", 5, header: true), 1, 2);
        using var items = job.Create("items.csv", "item", "title", "year", "genres");
        if (job.Find("u.item") is { } films)
        {
            foreach (var line in job.Lines(films, "|", 24, latin: true))
            {
                var (title, year) = Title(line[1]);
                items.Row(line[0], title, year, string.Join('|', s_genres.Where((_, i) => line[5 + i] == "1")));
            }
        }
        else if (job.Find("ml-100k.item") is { } atomicItems)
        {
            foreach (var line in job.Lines(atomicItems, "\t", 4, header: true)) items.Row(line[0], line[1], line[2], line[3].Replace(' ', '|'));
        }
    }

    private static void WriteLarge(ImportJob job, string path)
    {
        using (var events = job.Create(ImportJob.Events, "type", "user", "item", "time", "value"))
            foreach (var line in job.Lines(path, "::", 4)) events.Row("rating", line[0], line[1], ImportJob.Time(line[3], path), line[2]);
        WriteSides(job);
    }

    // who rated what, in the order of ratings.dat, without stars and times; those of each viewer's last rating may be in a file of their own
    private static void WritePairs(ImportJob job, string path)
    {
        var last = new Dictionary<string, string>(StringComparer.Ordinal);
        if (job.Find("ncf_test_ratings_raw_ids.csv") is { } known)
            foreach (var line in job.Lines(known, ",", 4, header: true)) last[$"{line[0]},{line[1]}"] = line[2];
        long number = 0;
        using (var events = job.Create(ImportJob.Events, "type", "user", "item", "time", "value"))
        {
            var held = new List<(string User, string Item, string Stars)>();
            foreach (var line in job.Lines(path, ",", 2, header: true))
            {
                if (last.TryGetValue($"{line[0]},{line[1]}", out var stars)) held.Add((line[0], line[1], stars));
                else events.Row("rating", line[0], line[1], ImportJob.MadeTime(number++), "");
            }

            foreach (var (user, item, stars) in held) events.Row("rating", user, item, ImportJob.MadeTime(number++), stars);
        }

        job.NoteMadeTimes(last.Count > 0 ? "the order of the file became one, after which come the ratings that are known to be each viewer's last" : "the order of the file became one");
        job.Note(last.Count > 0 ? "Stars are known of each viewer's last rating alone." : "There are no stars.");
        WriteSides(job);
    }

    private static void WriteSides(ImportJob job)
    {
        if (job.Find("users.dat") is { } users) WriteUsers(job, job.Lines(users, "::", 5), 2, 1);
        if (job.Find("movies.dat") is not { } films) return;
        using var items = job.Create("items.csv", "item", "title", "year", "genres");
        foreach (var line in job.Lines(films, "::", 3, latin: true))
        {
            var (title, year) = Title(line[1]);
            items.Row(line[0], title, year, line[2]);
        }
    }

    private static void WriteUsers(ImportJob job, IEnumerable<string[]> lines, int age, int gender)
    {
        using var users = job.Create("users.csv", "user", "age", "gender", "occupation", "zip");
        foreach (var line in lines) users.Row(line[0], line[age], line[gender], line[3], line[4]);
    }

    // Toy Story (1995)
    private static (string Title, string Year) Title(string text) =>
        text.Length > 7 && text[^1] == ')' && text[^6] == '(' && int.TryParse(text[^5..^1], out _) ? (text[..^6].TrimEnd(), text[^5..^1]) : (text, "");
}
