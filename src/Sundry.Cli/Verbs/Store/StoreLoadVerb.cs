using System.CommandLine;
using Sundry.Data;
using Sundry.Serving;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary><c>sundry store load</c>: a log's events, catalogue, customers and friendships into a store.</summary>
internal static class StoreLoadVerb
{
    public static Command Create()
    {
        var config = new ConfigSource();
        var place = StoreVerb.Place();
        var json = ConfigSource.JsonOption();
        var verb = new Command("load", "Put the log that a configuration's data.log describes into a store; what is there already stays");
        config.AddTo(verb);
        verb.Options.Add(place);
        verb.Options.Add(json);
        verb.SetAction(command =>
        {
            var data = ConfigReader.ReadSection<SundryOptions, DataOptions>(command.GetValue(config.File)!, "data", config.Overrides(command));
            using var store = ShopStore.Open(command.GetValue(place)!);
            using var display = new RunDisplay();
            var (log, _) = LogReader.Read(new LogRequest(data, config.Folder(command), TimeProvider.System, Databases.Open), new Relay<PrepareProgress>(display.Reading), Exit.Stop);
            Exit.HowToResume = "what was loaded stays; the same command goes on";
            var result = StoreLoad.Run(log, store, new Relay<PrepareProgress>(display.Reading), Exit.Stop).GetAwaiter().GetResult();
            display.Dispose();
            if (command.GetValue(json)) Terminal.Json(result);
            else Say(result, store.Place);
            return Exit.Done;
        });
        return verb;
    }

    private static void Say(StoreLoadResult result, string place)
    {
        Terminal.Say($"{place}: {result.Accepted:N0} new events in {result.Seconds:0.0} s, {result.Duplicates:N0} were there; {result.Items:N0} items, {result.Users:N0} users and {result.Friends:N0} friendships new or changed");
        if (result.Refused > 0) Terminal.Say($"{result.Refused:N0} events were refused; the first: {result.Reason}");
    }
}
