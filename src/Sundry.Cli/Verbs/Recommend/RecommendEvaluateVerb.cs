using System.CommandLine;
using Sundry.Data;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary><c>sundry recommend evaluate</c>: recommenders on equal terms.</summary>
internal static class RecommendEvaluateVerb
{
    public static Command Create()
    {
        var source = new InteractionSource();
        var model = new ModelSource();
        var by = new Option<string>("--by") { Description = $"Recommenders, the first being what the others are compared with, or NAME:TYPE to learn from one type of event alone: {string.Join(", ", Recommenders.Names)}", DefaultValueFactory = _ => "popular,item_knn,user_knn,ease,als,bpr", HelpName = "NAME,NAME" };
        var split = new Option<string>("--split") { Description = "What is tested: random, a share of each user's interactions; pairs, a share of all; time, the latest share of all; last, each user's latest", DefaultValueFactory = _ => "random", HelpName = "random|pairs|time|last" };
        var share = new Option<string>("--test-share") { Description = "The share that is tested, for random, pairs and time", DefaultValueFactory = _ => "25%", HelpName = "SHARE" };
        var splitSeed = NumberOption.Of("--split-seed", "The seed of a random split", 1);
        var splits = NumberOption.Of("--splits", "So many random splits, with seeds from --split-seed on", 1);
        var testType = new Option<string?>("--test-type") { Description = "With --split pairs: only pairs with an event of this type are tested, and all of their events are held back", HelpName = "TYPE" };
        var vary = new Option<string[]>("--vary") { Description = "A recommender once more with other settings, such as \"light_gcn.friends=0 light_gcn.layers=2\"", HelpName = "NAME.SETTING=VALUE …", Arity = ArgumentArity.OneOrMore };
        var test = new Option<string?>("--test") { Description = "A table of test interactions, in place of a split", HelpName = "FILE" };
        var validation = new Option<bool>("--validation") { Description = "Leave the test alone and judge on a like share of what is left, for choosing settings" };
        var candidates = new Option<string?>("--candidates") { Description = "Test items with the items that each competes with, in place of the catalogue: only to reproduce published figures", HelpName = "FILE" };
        var top = NumberOption.Of("--top", "Length of the lists", 10);
        var seeds = NumberOption.Of("--seeds", "Fits of each recommender, with as many seeds", 1);
        var diversity = new Option<string?>("--diversity-by") { Description = "The column of the items that says how different two are; without it, the cosine of their users", HelpName = "COLUMN" };
        var json = ConfigSource.JsonOption();
        var verb = new Command("evaluate", "Judge recommenders on interactions that were held back");
        source.AddTo(verb);
        model.AddTo(verb);
        foreach (Option option in new Option[] { by, split, share, splitSeed, splits, testType, vary, test, validation, candidates, top, seeds, diversity, json }) verb.Options.Add(option);
        verb.SetAction(command =>
        {
            var names = InteractionSource.Names(command.GetValue(by)!);
            var settings = source.Settings(command);
            var fits = NumberOption.Within("--seeds", (int?)command.GetValue(seeds), 1, 1000)!.Value;
            var rule = command.GetValue(split)!;
            if (rule is not ("random" or "pairs" or "time" or "last")) throw new InputException($"--split {rule} is not known; write random, pairs, time or last");
            var held = Share.TryParse(command.GetValue(share)!, out var parsed) && parsed.Value is > 0 and < 1 ? parsed.Value : throw new InputException($"--test-share {command.GetValue(share)} is no share between 0 and 1; write such as 25%");
            if (command.GetValue(test) is not null && command.GetValue(candidates) is not null) throw new InputException("--candidates says what is tested; leave --test out");
            using var display = new RunDisplay();
            if (model.Model(command) is not null)
            {
                foreach (Option option in new Option[] { split, share, splitSeed, splits, testType, vary, test, validation, candidates })
                    if (command.GetResult(option) is { Implicit: false }) throw new InputException($"{option.Name} says what is tested, which with --model is what happened in its log from its test rows on; leave it out, or name another moment with --after");
                var (tried, known, listed) = ModelListing.Judge(command, model, source, names, settings, command.GetValue(top), command.GetValue(diversity), fits, display);
                display.Dispose();
                if (command.GetValue(json)) Terminal.Json(TopNJson.Of(tried, known, listed));
                else TopNTables.Write(tried, known, listed);
                return Exit.Done;
            }

            var (all, further, lists, _) = source.Read(command, display, command.GetValue(test), command.GetValue(candidates));
            var draws = NumberOption.Within("--splits", (int?)command.GetValue(splits), 1, 1000)!.Value;
            if (draws > 1 && (lists is not null || further is not null || rule is "time" or "last")) throw new InputException("--splits draws splits, and this one is not drawn; leave it out, or write --split random or pairs");
            if (command.GetValue(testType) is not null && (rule != "pairs" || lists is not null || further is not null)) throw new InputException("--test-type goes with --split pairs; write that too");
            if (command.GetValue(validation) && lists is not null) throw new InputException("--validation judges over the catalogue; leave --candidates out");
            List<(string Label, string Name, RecommenderOptions Settings)> contest = [.. names.Select(n => (n, n, settings)), .. (command.GetValue(vary) ?? []).Select(v => Varied(v, source, command))];
            var judged = contest.Select(_ => new List<TopNContestant>()).ToArray();
            var (first, pairs) = ((Interactions?)null, 0);
            for (var draw = 0; draw < draws; draw++)
            {
                var seed = NumberOption.Seed(command, splitSeed) + (ulong)draw;
                var (train, tested) = lists is not null ? (all, null) : further is not null ? (all, further) : Split(all, seed);
                if (command.GetValue(validation)) (train, tested) = Split(train, seed + 1);
                first ??= train;
                pairs += tested?.Count ?? lists!.Count;
                var options = source.Lists(command, train, command.GetValue(top)) with { DiversityBy = command.GetValue(diversity) };
                var study = new TopNStudy(train, tested, lists);
                for (var i = 0; i < contest.Count; i++)
                {
                    var request = source.Request(command, display, contest[i].Label);
                    judged[i].Add(study.Run(contest[i].Name, contest[i].Settings, options, fits, request with { Seed = request.Seed + (ulong)(draw * fits) }, contest[i].Label));
                }
            }

            var results = judged.Select(TopNContestant.Joined).ToList();
            display.Dispose();
            if (command.GetValue(json)) Terminal.Json(TopNJson.Of(results, first!, pairs / draws));
            else TopNTables.Write(results, first!, pairs / draws);
            return Exit.Done;

            (Interactions Train, Interactions? Test) Split(Interactions whole, ulong seed) => rule switch
            {
                "last" => InteractionSplit.LeaveLast(whole),
                "time" => InteractionSplit.ByTime(whole, held),
                "pairs" => InteractionSplit.Pairs(whole, held, seed, command.GetValue(testType)),
                _ => InteractionSplit.Random(whole, held, seed),
            };
        });
        return verb;
    }

    // the settings say by their first name which recommender they are of
    private static (string Label, string Name, RecommenderOptions Settings) Varied(string text, InteractionSource source, ParseResult command)
    {
        var parts = text.Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var name = parts.Length > 0 && parts[0].IndexOf('.', StringComparison.Ordinal) is var dot and > 0 ? parts[0][..dot] : throw new InputException($"--vary '{text}' names no setting; write such as \"als.factors=128 als.alpha=1\"");
        var (kind, _) = Recommenders.Parse(name);
        return (text, name, source.Settings(command, [.. parts.Select(p => p.StartsWith($"{name}.", StringComparison.Ordinal) ? kind + p[name.Length..] : p)]));
    }
}
