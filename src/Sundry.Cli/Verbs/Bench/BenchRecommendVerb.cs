using System.CommandLine;
using Sundry.Serving;

namespace Sundry.Cli;

/// <summary><c>sundry bench recommend</c>: how long whole answers take, or whether any shows what it should not.</summary>
internal static class BenchRecommendVerb
{
    public static Command Create()
    {
        var usual = new AnswerBenchmarkOptions();
        var items = NumberOption.Of("--items", "Items of the shop", usual.Items);
        var users = NumberOption.Of("--users", "Users of the shop", usual.Users);
        var events = NumberOption.Of("--events", "Events of its past", usual.Events);
        var features = NumberOption.Of("--features", "Features of the model, half of them of the item", usual.Features);
        var embedding = NumberOption.Of("--embedding", "Floats of an embedding", usual.Embedding);
        var levels = NumberOption.Of("--levels", "Levels of the ple, each of experts of 128 and 64 units", usual.Levels);
        var candidates = NumberOption.Of("--candidates", "Candidates that are scored", usual.Candidates);
        var count = NumberOption.Of("--count", "Items of an answer", usual.Count);
        var requests = NumberOption.Of("--requests", "Answers that count", usual.Requests);
        var seed = NumberOption.Of("--seed", "Seed of shop, weights and requests", usual.Seed);
        var soak = new Option<int?>("--soak") { Description = "Instead of measuring, make this many random answers while items are hidden, sold out, deleted and bought, and look for one that shows what it should not", HelpName = "REQUESTS" };
        var json = ConfigSource.JsonOption();
        var verb = new Command("recommend", "Measure whole answers in process: retrieval, features, scores and rules; or look for broken rules");
        foreach (Option option in new Option[] { items, users, events, features, embedding, levels, candidates, count, requests, seed, soak, json }) verb.Options.Add(option);
        verb.SetAction(command =>
        {
            if (NumberOption.Within("--soak", command.GetValue(soak), 1, 1_000_000_000) is { } answers)
            {
                var found = AnswerSoak.Run(new AnswerSoakOptions { Requests = answers, Seed = command.GetValue(seed) }, BenchOptions.Progress(), Exit.Stop).GetAwaiter().GetResult();
                if (command.GetValue(json)) Terminal.Json(found);
                else AnswerTable.Write(found);
                return found.IsWell ? Exit.Done : Exit.Failed;
            }

            var options = new AnswerBenchmarkOptions
            {
                Items = command.GetValue(items),
                Users = command.GetValue(users),
                Events = command.GetValue(events),
                Features = command.GetValue(features),
                Embedding = command.GetValue(embedding),
                Levels = command.GetValue(levels),
                Candidates = command.GetValue(candidates),
                Count = command.GetValue(count),
                Requests = command.GetValue(requests),
                Seed = command.GetValue(seed),
            };
            var result = AnswerBenchmark.Run(options, TimeProvider.System, BenchOptions.Progress(), Exit.Stop).GetAwaiter().GetResult();
            if (command.GetValue(json)) Terminal.Json(result);
            else AnswerTable.Write(result);
            return Exit.Done;
        });
        return verb;
    }
}
