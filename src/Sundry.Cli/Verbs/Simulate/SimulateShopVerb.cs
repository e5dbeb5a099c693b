using System.CommandLine;
using Sundry.Data;
using Sundry.Simulator;

namespace Sundry.Cli;

/// <summary><c>sundry simulate shop</c>: the shop of <c>sundry demo</c>, without the training.</summary>
internal static class SimulateShopVerb
{
    public static Command Create()
    {
        var output = new Option<string>("--out", "-o") { Description = "The folder to write", DefaultValueFactory = _ => "shop", HelpName = "DIR" };
        var impressions = new Option<long>("--impressions") { Description = "Size of the shop's log", DefaultValueFactory = _ => new ShopOptions().Impressions, HelpName = "N" };
        var seed = BenchOptions.Number("--seed", "The seed", 1);
        var json = ConfigSource.JsonOption();
        var verb = new Command("shop", "A shop's log of impressions, clicks, carts and purchases, with the probabilities that they were drawn from");
        foreach (Option option in new Option[] { output, impressions, seed, json }) verb.Options.Add(option);
        verb.SetAction(command =>
        {
            if (command.GetValue(seed) < 0) throw new InputException($"--seed {command.GetValue(seed)} is below 0; give a whole number from 0");
            var folder = command.GetValue(output)!;
            var summary = ShopFolder.Write(new ShopOptions { Impressions = command.GetValue(impressions), Seed = (ulong)command.GetValue(seed) }, folder, null, Exit.Stop);
            if (command.GetValue(json)) Terminal.Json(new { Folder = Path.GetFullPath(folder), summary.Train, summary.Test });
            else Terminal.Say($"{summary.Train.Rows:N0} + {summary.Test.Rows:N0} impressions, {summary.Train.Purchases + summary.Test.Purchases:N0} purchases");
            Terminal.Say($"next: sundry train -c {Path.Combine(folder, ShopFolder.Configuration)}");
            return Exit.Done;
        });
        return verb;
    }
}
