using System.CommandLine;
using Sundry.Data;
using Sundry.Models;
using Sundry.Serving;
using Sundry.Simulator;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary><c>sundry demo</c>: a shop's log, samples, a model, single-task models and the truth to compare with, and recommendations with reasons.</summary>
internal static class DemoVerb
{
    private const long Fewest = 10_000;
    private const long Most = 1_000_000_000;
    private const string Lists = "recommendations.csv";
    private const int ListedUsers = 500;
    private const int ShownUsers = 3;

    public static Command Create()
    {
        var output = new Option<string>("--out", "-o") { Description = "The folder of the demo", DefaultValueFactory = _ => "demo", HelpName = "DIR" };
        var events = new Option<long>("--events") { Description = "Size of the simulated shop's log", DefaultValueFactory = _ => 500_000, HelpName = "N" };
        var seed = NumberOption.Seed("The seed of the shop and of the training");
        var force = new Option<bool>("--force") { Description = "Replace the demo in the folder" };
        var serve = new Option<bool>("--serve") { Description = "Open the shop afterwards, with a storefront and the dashboard; a demo that is there already is opened as it is" };
        var listen = new Option<string>("--listen") { Description = "Where the shop is open", DefaultValueFactory = _ => "127.0.0.1:8080", HelpName = "ADDRESS" };
        var json = ConfigSource.JsonOption();
        var verb = new Command("demo", "Simulate a shop's log whose truth is known, make samples of it, train, compare with single-task models, report, and recommend with reasons");
        foreach (Option option in new Option[] { output, events, seed, force, serve, listen, json }) verb.Options.Add(option);
        verb.SetAction(command =>
        {
            var folder = command.GetValue(output)!;
            var shop = Path.Combine(folder, "shop");
            var address = ListenAddress.Parse(command.GetValue(listen)!);
            if (command.GetValue(serve) && !command.GetValue(force) && DemoShop.IsThere(folder)) return Open(folder, address);
            if (command.GetValue(events) is < Fewest or > Most)
                throw new InputException($"--events {command.GetValue(events)} is not from {Fewest} to {Most}; with fewer there are no purchases to learn from");
            var options = Shop(command.GetValue(events), NumberOption.Seed(command, seed));
            Clear(folder, command.GetValue(force));
            Exit.HowToResume = "the same command with --force begins anew";
            using var display = new RunDisplay();
            display.Doing($"simulating a shop's log: {options.Events:N0} events, {options.Shop.Users:N0} customers, {options.Shop.Items:N0} products");
            Directory.CreateDirectory(folder);
            LogFolder.Write(options, shop, new Relay<ShopProgress>(display.Logging), Exit.Stop);
            var config = ConfigReader.ReadFile<SundryOptions>(Path.Combine(shop, LogConfiguration.FileName));
            display.Doing("making samples of it");
            var run = new TrainingRun(
                new RunRequest(config, shop, Path.Combine(folder, "model"), ConfigSource.CommandLine(command), ConfigSource.Program), display, TimeProvider.System)
            {
                Enrich = (report, models) => Compare(report, models, config, folder, LogFolder.Events(options), display),
            };
            var result = run.Execute(Exit.Stop);
            display.Dispose();
            if (!command.GetValue(json)) TrainVerb.Show(result);
            Recommend(config, folder, display);
            if (command.GetValue(json)) Terminal.Json(result);
            var model = Path.Combine(folder, "model");
            Terminal.Say($"lists:  {Path.GetFullPath(Path.Combine(folder, Lists))}");
            if (command.GetValue(serve)) return Open(folder, address);
            Terminal.Say($"next: sundry demo --serve --out {folder}");
            Terminal.Say($"next: sundry evaluate {model}");
            Terminal.Say($"next: sundry recommend evaluate --model {model} --by popular,item_knn");
            Terminal.Say($"next: sundry recommend lists --model {model} --users all --top 10 --out lists.csv");
            return Exit.Done;
        });
        return verb;
    }

    private static int Open(string folder, ListenAddress address)
    {
        Exit.HowToResume = "the same command opens the shop again";
        DemoShop.Serve(folder, address, Exit.Stop).GetAwaiter().GetResult();
        return Exit.Done;
    }

    private static ShopLogOptions Shop(long events, ulong seed)
    {
        var options = new ShopLogOptions { Events = events, Truth = true };
        options.Shop.Users = 4000;
        options.Shop.Items = 800;
        options.Shop.Days = 60;
        options.Shop.Seed = seed;
        return options;
    }

    private static ReportModel Compare(ReportModel report, RunModels models, SundryOptions config, string folder, string events, RunDisplay display)
    {
        var comparison = new Comparison(models.Data, config, Path.Combine(folder, "runs"), display);
        var training = config.Training;
        display.Doing("training single-task models to compare with");
        var single = comparison.Run(new Contestant(Contestant.Single, training.Balancing.Method, training.Seed), Exit.Stop);
        var together = new ContestResult(
            new Contestant(config.Model.Architecture, training.Balancing.Method, training.Seed), [.. models.Judged.Select(j => j.JudgedRows)], report.Seconds, report.Parameters);
        display.Doing("comparing with single-task models and with the truth");
        var shop = Path.Combine(folder, "shop");
        var truth = Truth.OfLog(Path.Combine(shop, events), Path.Combine(shop, LogFolder.Truth));
        var tasks = report.Tasks.Select((t, i) => t with { Single = Comparison.Difference([together], [single], i) }).ToList();
        return report with
        {
            Tasks = tasks,
            Comparison = Comparison.Summarise([[single], [together]]),
            Truth = [.. new[] { together, single }.SelectMany(r => Distances(r, truth, config))],
        };
    }

    // rows are impressions in order, as the truth's are; the test rows are the last of them
    private static IEnumerable<TruthReport> Distances(ContestResult result, Truth truth, SundryOptions config)
    {
        foreach (var rows in result.Predictions)
            if (truth.Of(config.Tasks[rows.Task.Name].Event ?? rows.Task.Name) is { } values)
                yield return new TruthReport(rows.Task.Name, result.Contestant.Architecture, TruthDistance.Of(rows.Task, rows.Values, values.AsSpan(values.Length - rows.Labels.Length), rows.Labels, rows.Weights));
    }

    private static void Recommend(SundryOptions config, string folder, RunDisplay display)
    {
        display.Doing($"recommending to the {ListedUsers} customers who came last");
        using var bundle = Bundle.Load(Path.Combine(folder, "model"));
        var (log, _) = LogReader.Read(new LogRequest(config.Data, Path.Combine(folder, "shop"), TimeProvider.System, null), null, Exit.Stop);
        var moment = new ShopMoment(bundle.Encoder, log, null, Exit.Stop);
        var past = PastOfUsers.Of(log, moment.Time);
        int[] users = [.. Enumerable.Range(0, past.All.UserCount).OrderByDescending(user => Newest(past.All.TimesOf(user))).Take(ListedUsers)];
        var options = new TopNOptions { Allowed = ItemStock.Of(log, moment.Time) is { } left ? ItemStock.Available(left, null).Allowed : null };
        FitRequest Request(string name) => new(Progress: new Relay<FitProgress>(p => display.Fitting(name, p)), Cancel: Exit.Stop);
        var candidates = CandidateItems.Of(["popular", "item_knn"], new RecommenderOptions(), past.All, users, options with { Count = 100 }, Request);
        using var scorer = new ModelScorer(bundle, log, moment, ModelSource.Value(bundle, null), candidates);
        var reasons = new Reasons(log, past, moment.Time);
        var shown = new List<(int User, IReadOnlyList<Recommendation> List)>();
        WholeFile.Write(Path.Combine(folder, Lists), stream =>
        {
            using var writer = new ListWriter(stream, log, scorer.Heads, lines: false);
            writer.Begin();
            ModelLists.Run(scorer, candidates, past, reasons, users, options, Request("model"), (user, list) =>
            {
                writer.Write(user, list);
                if (shown.Count < ShownUsers) shown.Add((user, list));
            });
            return writer.Rows;
        });
        display.Dispose();
        foreach (var (user, list) in shown)
        {
            var newest = past.Looks.ItemsOf(user).ToArray();
            Array.Sort(past.Looks.TimesOf(user).ToArray(), newest);
            ListLines.Write($"{log.Users.Text(user)}, who {past.Words} {string.Join(", ", newest.Reverse().Take(3).Select(reasons.Name))} last", log, reasons, scorer.Heads, [.. list.Take(5)]);
        }
    }

    private static long Newest(ReadOnlySpan<long> times)
    {
        var newest = long.MinValue;
        foreach (var time in times) newest = Math.Max(newest, time);
        return newest;
    }

    private static void Clear(string folder, bool force)
    {
        WholeFile.RefuseFile(folder);
        if (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any()) return;
        if (!force) throw new InputException("the folder exists; give another --out, or --force to replace the demo in it", folder);
        // those with a dot are what an interrupted demo leaves
        string[] ours = ["shop", "model", "runs", "shop.partial", "model.training", DemoShop.Folder, Lists];
        if (Directory.EnumerateFileSystemEntries(folder).FirstOrDefault(e => !ours.Contains(Path.GetFileName(e))) is { } foreign)
            throw new InputException($"the folder holds '{Path.GetFileName(foreign)}', which is not the demo's, so --force will not replace it; give another --out", folder);
        foreach (var part in ours.Select(p => Path.Combine(folder, p)).Where(Directory.Exists)) Directory.Delete(part, recursive: true);
        File.Delete(Path.Combine(folder, Lists));
    }
}
