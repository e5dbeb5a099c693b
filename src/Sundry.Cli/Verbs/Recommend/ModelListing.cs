using System.CommandLine;
using Sundry.Data;
using Sundry.Serving;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary><c>sundry recommend lists --model</c> and <c>recommend evaluate --model</c>: lists of a trained model.</summary>
internal static class ModelListing
{
    /// <summary>Writes lists as of the end of the model's log.</summary>
    /// <returns>What was written, for <c>--json</c>.</returns>
    public static (long Rows, int Users, IReadOnlyList<string> By, int SoldOut) Write(ParseResult command, ModelSource model, InteractionSource source, string users, int top, bool soldOut, string place, RunDisplay display)
    {
        if (source.HasFiles(command)) throw new InputException("--model brings its log along; leave --interactions out");
        var (bundle, log, _, value) = model.Open(command, display);
        using var owned = bundle;
        var chosen = Users(users, log);
        display.Doing("folding the log");
        var moment = new ShopMoment(bundle.Encoder, log, null, Exit.Stop);
        var past = PastOfUsers.Of(log, moment.Time);
        var options = source.Lists(command, past.All, top);
        var without = 0;
        if (!soldOut && ItemStock.Of(log, moment.Time) is { } left)
        {
            (var available, without) = ItemStock.Available(left, options.Allowed);
            options = options with { Allowed = available };
        }

        var among = model.Among(command);
        var candidates = among is null ? null : CandidateItems.Of(among, source.Settings(command), past.All, chosen, options with { Count = model.Each(command) }, name => source.Request(command, display, name));
        using var scorer = new ModelScorer(bundle, log, moment, value, candidates);
        var reasons = new Reasons(log, past, moment.Time);
        var rows = WholeFile.Write(place, stream =>
        {
            using var writer = new ListWriter(stream, log, scorer.Heads, IsLines(place));
            writer.Begin();
            ModelLists.Run(scorer, candidates, past, reasons, chosen, options, source.Request(command, display, "model"), writer.Write);
            return writer.Rows;
        });
        return (rows, chosen.Length, among ?? ["catalogue"], without);
    }

    /// <summary>Judges lists that the model and other recommenders make at a moment by what happened after it.</summary>
    public static (List<TopNContestant> Results, Interactions Train, int Pairs) Judge(
        ParseResult command, ModelSource model, InteractionSource source, string[] names, RecommenderOptions settings, int top, string? diversityBy, int fits, RunDisplay display)
    {
        if (source.HasFiles(command)) throw new InputException("--model brings its log along; leave --interactions out");
        var (bundle, log, origin, value) = model.Open(command, display);
        using var owned = bundle;
        var from = model.From(command, bundle, origin, display);
        var past = PastOfUsers.Of(log, from);
        var options = source.Lists(command, past.All, top) with { DiversityBy = diversityBy };
        var test = past.After(log, from, options.Unseen);
        int[] users = [.. Enumerable.Range(0, test.UserCount).Where(u => test.ItemsOf(u).Length > 0)];
        var study = new TopNStudy(past.All, test);
        var results = names.Select(name => study.Run(name, settings, options, fits, source.Request(command, display, name))).ToList();
        var moment = new ShopMoment(bundle.Encoder, log, from, Exit.Stop);
        var among = model.Among(command);
        var candidates = among is null ? null : CandidateItems.Of(among, settings, past.All, users, options with { Count = model.Each(command) }, name => source.Request(command, display, name));
        using var scorer = new ModelScorer(bundle, log, moment, value, candidates);
        // the model is one, however many seeds the others have
        var judged = TopNEvaluation.Run(scorer, past.All, test, options, source.Request(command, display, "model"));
        results.Add(new TopNContestant("model", [.. Enumerable.Repeat(judged, fits)], 0));
        return (results, past.All, test.Count);
    }

    private static bool IsLines(string place) => Path.GetExtension(place) is ".jsonl" or ".ndjson";

    // everybody, those of a table, or one
    private static int[] Users(string which, EventLog log)
    {
        if (which == "all") return [.. Enumerable.Range(0, log.Users.Count)];
        if (!File.Exists(which))
            return log.Users.Find(which) is >= 0 and var one ? [one] : throw new InputException($"--users '{which}' is neither a file nor a user of the log; name one of the two, or all");
        using var reader = TableReader.Open([which]);
        var column = reader.Header.ToList().IndexOf("user");
        if (column < 0) throw new InputException($"there is no column 'user' (its columns are {string.Join(", ", reader.Header.Take(12))}); call the users' column so", which, 1);
        var users = new List<int>();
        while (reader.Read())
            users.Add(log.Users.Find(reader.Current[column]) is >= 0 and var user ? user : throw new InputException($"the user '{reader.Current.Text(column)}' is not in the log; leave the row out", which, reader.Current.Line));
        return [.. users.Distinct()];
    }
}
