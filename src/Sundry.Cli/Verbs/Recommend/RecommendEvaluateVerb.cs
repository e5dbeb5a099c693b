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
        var by = new Option<string>("--by") { Description = $"Recommenders, the first being what the others are compared with: {string.Join(", ", Recommenders.Names)}", DefaultValueFactory = _ => "popular,item_knn,user_knn,ease,als,bpr", HelpName = "NAME,NAME" };
        var split = new Option<string>("--split") { Description = "What is tested: random, a share of each user's interactions; time, the latest share of all; last, each user's latest", DefaultValueFactory = _ => "random", HelpName = "random|time|last" };
        var share = new Option<string>("--test-share") { Description = "The share that is tested, for random and time", DefaultValueFactory = _ => "25%", HelpName = "SHARE" };
        var splitSeed = NumberOption.Of("--split-seed", "The seed of a random split", 1);
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
        foreach (Option option in new Option[] { by, split, share, splitSeed, test, validation, candidates, top, seeds, diversity, json }) verb.Options.Add(option);
        verb.SetAction(command =>
        {
            var names = InteractionSource.Names(command.GetValue(by)!);
            var settings = source.Settings(command);
            var fits = NumberOption.Within("--seeds", (int?)command.GetValue(seeds), 1, 1000)!.Value;
            var rule = command.GetValue(split)!;
            if (rule is not ("random" or "time" or "last")) throw new InputException($"--split {rule} is not known; write random, time or last");
            var held = Share.TryParse(command.GetValue(share)!, out var parsed) && parsed.Value is > 0 and < 1 ? parsed.Value : throw new InputException($"--test-share {command.GetValue(share)} is no share between 0 and 1; write such as 25%");
            if (command.GetValue(test) is not null && command.GetValue(candidates) is not null) throw new InputException("--candidates says what is tested; leave --test out");
            using var display = new RunDisplay();
            if (model.Model(command) is not null)
            {
                foreach (Option option in new Option[] { split, share, splitSeed, test, validation, candidates })
                    if (command.GetResult(option) is { Implicit: false }) throw new InputException($"{option.Name} says what is tested, which with --model is what happened in its log from its test rows on; leave it out, or name another moment with --after");
                var (contest, known, pairs) = ModelListing.Judge(command, model, source, names, settings, command.GetValue(top), command.GetValue(diversity), fits, display);
                display.Dispose();
                if (command.GetValue(json)) Terminal.Json(TopNJson.Of(contest, known, pairs));
                else TopNTables.Write(contest, known, pairs);
                return Exit.Done;
            }

            var (all, further, lists) = source.Read(command, display, command.GetValue(test), command.GetValue(candidates));
            var (train, tested) = lists is not null ? (all, null) : further is not null ? (all, further) : rule switch
            {
                "last" => InteractionSplit.LeaveLast(all),
                "time" => InteractionSplit.ByTime(all, held),
                _ => InteractionSplit.Random(all, held, NumberOption.Seed(command, splitSeed)),
            };
            if (command.GetValue(validation))
            {
                if (lists is not null) throw new InputException("--validation judges over the catalogue; leave --candidates out");
                (train, tested) = rule switch
                {
                    "last" => InteractionSplit.LeaveLast(train),
                    "time" => InteractionSplit.ByTime(train, held),
                    _ => InteractionSplit.Random(train, held, NumberOption.Seed(command, splitSeed) + 1),
                };
            }

            var options = source.Lists(command, train, command.GetValue(top)) with { DiversityBy = command.GetValue(diversity) };
            var study = new TopNStudy(train, tested, lists);
            var results = names.Select(name => study.Run(name, settings, options, fits, source.Request(command, display, name))).ToList();
            display.Dispose();
            if (command.GetValue(json)) Terminal.Json(TopNJson.Of(results, train, tested?.Count ?? lists!.Count));
            else TopNTables.Write(results, train, tested?.Count ?? lists!.Count);
            return Exit.Done;
        });
        return verb;
    }
}
