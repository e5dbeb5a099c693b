using System.CommandLine;
using Sundry.Simulator;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary><c>sundry simulate shop</c>: the shop of <c>sundry demo</c>, without the training.</summary>
internal static class SimulateShopVerb
{
    public static Command Create()
    {
        var output = new Option<string>("--out", "-o") { Description = "The folder to write", DefaultValueFactory = _ => "shop", HelpName = "DIR" };
        var impressions = new Option<long>("--impressions") { Description = "Size of the shop's log", DefaultValueFactory = _ => new ShopOptions().Impressions, HelpName = "N" };
        var seed = NumberOption.Seed();
        var json = ConfigSource.JsonOption();
        var verb = new Command("shop", "Write a shop's log of impressions, clicks, carts and purchases, with the probabilities that they were drawn from");
        foreach (Option option in new Option[] { output, impressions, seed, json }) verb.Options.Add(option);
        verb.SetAction(command =>
        {
            var folder = command.GetValue(output)!;
            using var display = new RunDisplay();
            var options = new ShopOptions { Impressions = command.GetValue(impressions), Seed = NumberOption.Seed(command, seed) };
            var summary = ShopFolder.Write(options, folder, new Relay<ShopProgress>(display.Simulating), Exit.Stop);
            display.Dispose();
            if (command.GetValue(json)) Terminal.Json(new { Folder = Path.GetFullPath(folder), summary.Train, summary.Test });
            else Terminal.Say($"{summary.Train.Rows:N0} + {summary.Test.Rows:N0} impressions for training and testing, {summary.Train.Purchases + summary.Test.Purchases:N0} purchases");
            Terminal.Say($"next: sundry train -c {Path.Combine(folder, ShopFolder.Configuration)}");
            return Exit.Done;
        });
        return verb;
    }
}
