namespace Sundry.Data;

/// <summary>Last.fm of HetRec 2011: who listened to which artist how often, who is whose friend, which tags artists have. Cantador, Brusilovsky and Kuflik, 2011.</summary>
internal sealed class LastfmImport : IDataImport
{
    private const int MostTags = 10;

    public string Name => "lastfm";

    public string Files => "the folder of hetrec2011-lastfm-2k (user_artists.dat, artists.dat, user_friends.dat, user_taggedartists.dat, tags.dat)";

    public void Write(ImportJob job)
    {
        long number = 0;
        using (var events = job.Create(ImportJob.Events, "type", "user", "item", "time", "value"))
            foreach (var line in job.Lines(job.Require("user_artists.dat"), "\t", 3, header: true)) events.Row("listen", line[0], line[1], ImportJob.MadeTime(number++), line[2]);
        job.NoteMadeTimes("the order of user_artists.dat became one");
        job.Note("A listen's value is how often the user played the artist; tags are the ten that most users gave an artist, their dates were left behind.");
        if (job.Find("artists.dat") is { } artists) WriteItems(job, artists);
        if (job.Find("user_friends.dat") is { } edges)
        {
            using var friends = job.Create("friends.csv", "user", "friend");
            foreach (var line in job.Lines(edges, "\t", 2, header: true))
            {
                // every pair is there both ways
                if (string.CompareOrdinal(line[0], line[1]) < 0) friends.Row(line[0], line[1]);
            }
        }

        job.ConfigureLog(LogTasks.Of(new Dictionary<string, long> { ["listen"] = 1 }), null, "types: {listen: listen}    # a type of this shop's own");
    }

    private static void WriteItems(ImportJob job, string path)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        if (job.Find("tags.dat") is { } tags)
            foreach (var line in job.Lines(tags, "\t", 2, header: true, latin: true)) words[line[0]] = line[1].Replace('|', ' ');
        var given = new Dictionary<string, Dictionary<string, int>>(StringComparer.Ordinal);
        if (job.Find("user_taggedartists.dat") is { } assignments)
        {
            foreach (var line in job.Lines(assignments, "\t", 6, header: true))
            {
                if (!given.TryGetValue(line[1], out var counts)) given[line[1]] = counts = new Dictionary<string, int>(StringComparer.Ordinal);
                var tag = words.GetValueOrDefault(line[2], line[2]);
                counts[tag] = counts.GetValueOrDefault(tag) + 1;
            }
        }

        using var items = job.Create("items.csv", "item", "name", "tags");
        foreach (var line in job.Lines(path, "\t", 4, header: true))
        {
            var counts = given.GetValueOrDefault(line[0]);
            var most = counts is null ? [] : counts.OrderByDescending(tag => tag.Value).ThenBy(tag => tag.Key, StringComparer.Ordinal).Take(MostTags).Select(tag => tag.Key);
            items.Row(line[0], line[1], string.Join('|', most));
        }
    }
}
