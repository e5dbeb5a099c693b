using System.CommandLine;
using Sundry.Serving;

namespace Sundry.Cli;

/// <summary><c>sundry bench retrieve</c>: how long it takes to find a request's candidates.</summary>
internal static class BenchRetrieveVerb
{
    public static Command Create()
    {
        var usual = new RetrieveBenchmarkOptions();
        var items = NumberOption.Of("--items", "Vectors to search", usual.Items);
        var width = NumberOption.Of("--width", "Floats of a vector", usual.Width);
        var top = NumberOption.Of("--top", "Vectors that a search returns", usual.Top);
        var queries = NumberOption.Of("--queries", "Searches that count", usual.Queries);
        var directions = NumberOption.Of("--directions", "Directions that vectors vary in, beside some noise; 0: in all alike", usual.Directions);
        var threads = BenchOptions.Threads(usual.Threads);
        var seed = NumberOption.Of("--seed", "Seed of the vectors", usual.Seed);
        var write = new Option<string?>("--write") { Description = "A folder to write the vectors to, for another program to search", HelpName = "DIR" };
        var json = ConfigSource.JsonOption();
        var verb = new Command("retrieve", "Measure exact searches for the best vectors, and what they miss of the float products");
        foreach (Option option in new Option[] { items, width, top, queries, directions, threads, seed, write, json }) verb.Options.Add(option);
        verb.SetAction(command =>
        {
            var options = new RetrieveBenchmarkOptions
            {
                Items = command.GetValue(items),
                Width = command.GetValue(width),
                Top = command.GetValue(top),
                Queries = command.GetValue(queries),
                Directions = command.GetValue(directions),
                Threads = command.GetValue(threads),
                Seed = command.GetValue(seed),
                Folder = command.GetValue(write),
            };
            var result = RetrieveBenchmark.Run(options, BenchOptions.Progress(), Exit.Stop);
            if (command.GetValue(json)) Terminal.Json(result);
            else BenchTables.Write(result);
            return Exit.Done;
        });
        return verb;
    }
}
