using System.CommandLine;
using Sundry.Serving;

namespace Sundry.Cli;

/// <summary><c>sundry bench live</c>: how fast a shop's events are applied, how it starts, and what a checkpoint costs.</summary>
internal static class BenchLiveVerb
{
    public static Command Create()
    {
        var usual = new LiveBenchmarkOptions();
        var events = NumberOption.Of("--events", "Events of the shop", usual.Events);
        var names = NumberOption.Of("--names", "Its users, and its items", usual.Names);
        var batches = NumberOption.Of("--batches", "Batches of 100 events to tell, and as many again while checkpoints are made", usual.Batches);
        var model = new Option<string?>("--model") { Description = "A model's folder, whose counters and histories are kept", HelpName = "MODEL" };
        var seed = NumberOption.Of("--seed", "Seed of the events", usual.Seed);
        var json = ConfigSource.JsonOption();
        var verb = new Command("live", "Measure how fast a shop's events are applied to memory, how it starts, and what a checkpoint costs");
        foreach (Option option in new Option[] { events, names, batches, model, seed, json }) verb.Options.Add(option);
        verb.SetAction(command =>
        {
            var options = new LiveBenchmarkOptions
            {
                Events = command.GetValue(events),
                Names = command.GetValue(names),
                Batches = command.GetValue(batches),
                Model = command.GetValue(model),
                Seed = command.GetValue(seed),
            };
            var result = LiveBenchmark.Run(options, TimeProvider.System, BenchOptions.Progress(), Exit.Stop).GetAwaiter().GetResult();
            if (command.GetValue(json)) Terminal.Json(result);
            else LiveTable.Write(result);
            return Exit.Done;
        });
        return verb;
    }
}
