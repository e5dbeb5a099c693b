using System.CommandLine;
using System.Globalization;
using Sundry.Data;
using Sundry.Serving;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary><c>sundry recommend lists</c>: the best items of each user.</summary>
internal static class RecommendListsVerb
{
    public static Command Create()
    {
        var source = new InteractionSource();
        var model = new ModelSource();
        var by = new Option<string>("--by") { Description = $"Recommenders: {string.Join(", ", Recommenders.Names)}", DefaultValueFactory = _ => "als", HelpName = "NAME,NAME" };
        var from = new Option<string?>("--from") { Description = "A fitted recommender that --keep wrote, in place of --interactions and --by", HelpName = "FILE" };
        var keep = new Option<string?>("--keep") { Description = "Keep the fitted recommender in this file", HelpName = "FILE" };
        var users = new Option<string>("--users") { Description = "A table with a column user, or all; with --model also one user", DefaultValueFactory = _ => "all", HelpName = "FILE|all" };
        var top = NumberOption.Of("--top", "Items a user", 20);
        var soldOut = new Option<bool>("--sold-out") { Description = "Items that are sold out, by the log's stock or the catalogue's column stock, may stand in the list too" };
        var output = new Option<string>("--out", "-o") { Description = "The table to write: user, by, rank, item, score; with --model user, rank, item, score, p_TASK …, source, reasons, as JSON Lines where it ends in .jsonl", DefaultValueFactory = _ => "lists.csv", HelpName = "FILE" };
        var force = new Option<bool>("--force") { Description = "Replace the files that are there" };
        var json = ConfigSource.JsonOption();
        var verb = new Command("lists", "Fit recommenders on interactions and write each user's best items");
        source.AddTo(verb);
        model.AddTo(verb);
        foreach (Option option in new Option[] { by, from, keep, users, top, soldOut, output, force, json }) verb.Options.Add(option);
        verb.SetAction(command =>
        {
            var place = command.GetValue(output)!;
            foreach (var file in new[] { place, command.GetValue(keep) })
                if (file is not null && Path.Exists(file) && (Directory.Exists(file) || !command.GetValue(force))) throw new InputException("this exists already; give another place, or --force to replace a file", file);
            if (model.Model(command) is not null)
            {
                foreach (Option option in new Option[] { by, from, keep })
                    if (command.GetResult(option) is { Implicit: false }) throw new InputException($"{option.Name} is for recommenders alone; with --model, name those that put items forward with --among");
                using var shown = new RunDisplay();
                var written = ModelListing.Write(command, model, source, command.GetValue(users)!, command.GetValue(top), command.GetValue(soldOut), place, shown);
                shown.Dispose();
                if (command.GetValue(json)) Terminal.Json(new { Lists = Path.GetFullPath(place), written.Users, written.Rows, written.By, written.SoldOut });
                else Say(written.Rows, written.Users, place, written.SoldOut);
                return Exit.Done;
            }

            if (command.GetValue(from) is not null && source.HasFiles(command)) throw new InputException("--from brings its interactions along; leave --interactions out");
            var names = InteractionSource.Names(command.GetValue(by)!);
            if (command.GetValue(keep) is not null && (names.Length > 1 || command.GetValue(from) is not null)) throw new InputException("--keep keeps one recommender that is fitted now; name one in --by, and no --from");
            if (command.GetValue(keep) is not null && names.Any(n => n.Contains(':', StringComparison.Ordinal))) throw new InputException("--keep keeps a recommender with all interactions that it knows; count one type alone with --weights TYPE=1 instead of naming it in --by");
            var settings = source.Settings(command);
            using var display = new RunDisplay();
            var kept = command.GetValue(from) is { } path ? RecommenderFile.Load(path) : ((string Name, IRecommender Recommender, Interactions Train)?)null;
            var (train, _, _, log) = kept is { } known ? (known.Train, null, null, null) : source.Read(command, display);
            var options = source.Lists(command, train, command.GetValue(top));
            var without = 0;
            // what a kept recommender knows of stock is that of its fitting
            if (!command.GetValue(soldOut) && kept is null && (log is null ? ItemStock.Of(train.ItemColumns, train.Items) : ItemStock.Of(log, long.MaxValue)) is { } left)
            {
                (var available, without) = ItemStock.Available(left, options.Allowed);
                options = options with { Allowed = available };
            }

            var chosen = Users(command.GetValue(users)!, train);
            var rows = WholeFile.Write(place, stream =>
            {
                using var writer = new TableWriter(stream, leaveOpen: true);
                foreach (var column in new[] { "user", "by", "rank", "item", "score" }) writer.Field(column);
                writer.EndRow();
                var count = 0L;
                foreach (var name in kept is null ? names : [kept.Value.Name])
                {
                    var request = source.Request(command, display, name);
                    var (kind, type) = kept is null ? Recommenders.Parse(name) : (name, null);
                    var recommender = kept?.Recommender ?? Recommenders.Create(kind, settings);
                    using var owned = recommender as IDisposable;
                    if (kept is null) recommender.Fit(type is null ? train : train.OfType(type), request);
                    TopLists.Run(recommender, train, chosen, options, request, (i, items, scores) =>
                    {
                        for (var rank = 0; rank < items.Length; rank++)
                        {
                            writer.Field(train.Users[chosen[i]]);
                            writer.Field(name);
                            writer.Field((rank + 1).ToString(CultureInfo.InvariantCulture));
                            writer.Field(train.Items[items[rank]]);
                            writer.Field(scores[rank]);
                            writer.EndRow();
                        }

                        count += items.Length;
                    });
                    if (command.GetValue(keep) is { } file) RecommenderFile.Save(file, name, settings, recommender, train);
                }

                writer.Flush();
                return count;
            });
            display.Dispose();
            if (command.GetValue(json)) Terminal.Json(new { Lists = Path.GetFullPath(place), Users = chosen.Length, Rows = rows, By = kept is null ? names : [kept.Value.Name], SoldOut = without });
            else Say(rows, chosen.Length, place, without);
            return Exit.Done;
        });
        return verb;
    }

    private static void Say(long rows, int users, string place, int soldOut)
    {
        Terminal.Say($"{rows:N0} rows for {users:N0} users in {place}");
        if (soldOut > 0) Terminal.Say($"{(soldOut == 1 ? "1 item is sold out and stands" : $"{soldOut:N0} items are sold out and stand")} in no list; --sold-out keeps what is sold out");
    }

    private static int[] Users(string file, Interactions train)
    {
        if (file == "all") return [.. Enumerable.Range(0, train.UserCount)];
        using var reader = TableReader.Open([file]);
        var column = reader.Header.ToList().IndexOf("user");
        if (column < 0) throw new InputException($"there is no column 'user' (its columns are {string.Join(", ", reader.Header.Take(12))}); call the users' column so", file, 1);
        var users = new List<int>();
        while (reader.Read())
            users.Add(train.Users.Find(reader.Current[column]) is >= 0 and var user ? user : throw new InputException($"the user '{reader.Current.Text(column)}' is in no interaction; leave the row out", file, reader.Current.Line));
        return [.. users.Distinct()];
    }
}
