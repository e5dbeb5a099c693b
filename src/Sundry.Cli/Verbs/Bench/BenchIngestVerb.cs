using System.CommandLine;
using Sundry.Data;
using Sundry.Serving;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary><c>sundry bench ingest</c>: how fast a store takes events, and whether it keeps them when its process is killed.</summary>
internal static class BenchIngestVerb
{
    public static Command Create()
    {
        var usual = new IngestBenchmarkOptions();
        var events = NumberOption.Of("--events", "Events to send", usual.Events);
        var batch = NumberOption.Of("--batch", "Events of a batch", usual.Batch);
        var writers = NumberOption.Of("--writers", "Callers that send side by side, each waiting for its acknowledgement", usual.Writers);
        var names = NumberOption.Of("--names", "Users, and items, that the events name", usual.Names);
        var random = new Option<bool>("--random-ids") { Description = "Give every event a random id; otherwise the store derives ids" };
        var store = new Option<string?>("--store") { Description = "The store to write to: a file or postgres://…; by default a temporary file. Its events stay there", HelpName = "PLACE" };
        var seed = NumberOption.Of("--seed", "Seed of the events", usual.Seed);
        var kill = new Option<int?>("--kill") { Description = "Instead of measuring, start a process that sends, kill it this many times at random moments, and look for what was lost or doubled; needs a new --store", HelpName = "CYCLES" };
        var send = new Option<int?>("--send") { Hidden = true };
        var json = ConfigSource.JsonOption();
        var verb = new Command("ingest", "Measure how fast a store takes events durably; or kill it again and again, and see that it keeps them");
        foreach (Option option in new Option[] { events, batch, writers, names, random, store, seed, kill, send, json }) verb.Options.Add(option);
        verb.SetAction(command =>
        {
            var options = new IngestBenchmarkOptions
            {
                Events = command.GetValue(events),
                Batch = command.GetValue(batch),
                Writers = command.GetValue(writers),
                Names = command.GetValue(names),
                RandomIds = command.GetValue(random),
                Store = command.GetValue(store),
                Seed = command.GetValue(seed),
            };
            options.Check();
            if ((command.GetValue(kill) ?? command.GetValue(send)) is not null && options.Store is null) throw new InputException("--kill needs --store, the path of a new file or postgres://… with a new schema");
            if (command.GetValue(send) is { } cycle)
            {
                IngestSoak.Send(options, cycle, TimeProvider.System, Console.Out, Exit.Stop);
                return Exit.Done;
            }

            if (NumberOption.Within("--kill", command.GetValue(kill), 1, 100_000) is { } cycles)
            {
                var soak = IngestSoak.Run(options, cycles, BenchOptions.Self(), TimeProvider.System, new Relay<string>(Terminal.Say), Exit.Stop);
                if (command.GetValue(json)) Terminal.Json(soak);
                else IngestTable.Write(soak);
                return soak.IsWell ? Exit.Done : Exit.Failed;
            }

            var result = IngestBenchmark.Run(options, TimeProvider.System, BenchOptions.Progress(), Exit.Stop);
            if (command.GetValue(json)) Terminal.Json(result);
            else IngestTable.Write(result);
            return Exit.Done;
        });
        return verb;
    }
}
