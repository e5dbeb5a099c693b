using System.CommandLine;
using Sundry.Data;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary>The options of <c>recommend</c>'s verbs: where interactions come from, which recommenders, with what settings.</summary>
internal sealed class InteractionSource
{
    private readonly Option<string[]> _files = new("--interactions") { Description = "Tables with the columns user, item and, where there are any, value and time: paths or globs", HelpName = "FILE", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _columns = new("--columns") { Description = "The columns in order, where the tables have no header: such as user,item,value,time", HelpName = "NAME,NAME" };
    private readonly Option<string?> _items = new("--items") { Description = "A table of what is known of items, by the column item; several values are joined by |", HelpName = "FILE" };
    private readonly Option<string?> _customers = new("--customers") { Description = "A table of what is known of users, by the column user", HelpName = "FILE" };
    private readonly Option<string[]> _set = new("--set") { Description = "A recommender's setting, such as --set als.factors=128", HelpName = "NAME.SETTING=VALUE", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _where = new("--where") { Description = "Only items that this holds for, such as \"category = shoes\"", HelpName = "CONDITION" };
    private readonly Option<string?> _exclude = new("--exclude") { Description = "A table with a column item: these stand in no list", HelpName = "FILE" };
    private readonly Option<bool> _seen = new("--seen") { Description = "Items that a user had to do with may stand in the list too" };
    private readonly Option<int> _threads = NumberOption.Of("--threads", "Threads; 0 takes as many as there are cores. Results do not depend on it", 0);
    private readonly Option<int> _seed = NumberOption.Seed();

    public void AddTo(Command verb)
    {
        foreach (Option option in new Option[] { _files, _columns, _items, _customers, _set, _where, _exclude, _seen, _threads, _seed }) verb.Options.Add(option);
    }

    public bool HasFiles(ParseResult command) => command.GetValue(_files) is { Length: > 0 };

    /// <summary>The interactions with what is known of users and items, and further tables or candidates numbered like them.</summary>
    public (Interactions All, Interactions? Further, IReadOnlyList<CandidateList>? Candidates) Read(ParseResult command, RunDisplay display, string? further = null, string? candidates = null)
    {
        if (!HasFiles(command)) throw new InputException("there are no interactions; name their tables with --interactions FILE");
        var (users, items) = (new Names(), new Names());
        var options = command.GetValue(_columns) is { } columns ? new ReadOptions { Header = false, Columns = columns.Split(',', StringSplitOptions.TrimEntries) } : ReadOptions.Default;
        var progress = new Relay<FitProgress>(p => display.Fitting("interactions", p));
        var all = InteractionFile.Read(command.GetValue(_files)!, users, items, options, progress, Exit.Stop);
        var second = further is null ? null : InteractionFile.Read([further], users, items, options, progress, Exit.Stop);
        var lists = candidates is null ? null : CandidateList.Read(candidates, users, items);
        var itemColumns = command.GetValue(_items) is { } catalogue ? InteractionFile.Attributes(catalogue, "item", items) : [];
        var userColumns = command.GetValue(_customers) is { } customers ? InteractionFile.Attributes(customers, "user", users) : [];
        return (all.Build(itemColumns, userColumns), second?.Build(itemColumns, userColumns), lists);
    }

    public RecommenderOptions Settings(ParseResult command) => ConfigReader.Read<RecommenderOptions>("{}", "--set", ConfigSource.Parse(command.GetValue(_set) ?? []));

    public FitRequest Request(ParseResult command, RunDisplay display, string name) => new(
        NumberOption.Seed(command, _seed), NumberOption.Within("--threads", (int?)command.GetValue(_threads), 0, 1024)!.Value, new Relay<FitProgress>(p => display.Fitting(name, p)), Exit.Stop);

    /// <summary>The names of <c>--by</c>, each checked before any work is done.</summary>
    public static string[] Names(string by)
    {
        var names = by.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.Length == 0) throw new InputException($"--by names no recommender; there are {string.Join(", ", Recommenders.Names)}");
        foreach (var name in names) Recommenders.Create(name, new RecommenderOptions());
        return [.. names.Distinct()];
    }

    public TopNOptions Lists(ParseResult command, Interactions items, int length)
    {
        var allowed = command.GetValue(_where) is { } where ? ItemFilter.Of(where, items) : null;
        if (command.GetValue(_exclude) is { } file)
        {
            allowed ??= [.. Enumerable.Repeat(true, items.ItemCount)];
            using var reader = TableReader.Open([file]);
            var column = reader.Header.ToList().IndexOf("item");
            if (column < 0) throw new InputException($"there is no column 'item' (its columns are {string.Join(", ", reader.Header.Take(12))}); call the items' column so", file, 1);
            while (reader.Read())
                if (items.Items.Find(reader.Current[column]) is >= 0 and var item) allowed[item] = false;
            if (!allowed.Contains(true)) throw new InputException("no item is left to recommend; exclude fewer", file);
        }

        return new() { Count = NumberOption.Within("--top", (int?)length, 1, 10_000)!.Value, Unseen = !command.GetValue(_seen), Allowed = allowed };
    }
}
