using System.CommandLine;
using System.Globalization;
using Sundry.Data;
using Sundry.Serving;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary>The options of <c>recommend</c>'s verbs: where interactions come from, which recommenders, with what settings.</summary>
internal sealed class InteractionSource
{
    private readonly Option<string[]> _files = new("--interactions") { Description = "Tables with the columns user, item and, where there are any, value and time: paths or globs", HelpName = "FILE", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _columns = new("--columns") { Description = "The columns in order, where the tables have no header: such as user,item,value,time", HelpName = "NAME,NAME" };
    private readonly Option<string?> _items = new("--items") { Description = "A table of what is known of items, by the column item; several values are joined by |", HelpName = "FILE" };
    private readonly Option<string?> _customers = new("--customers") { Description = "A table of what is known of users, by the column user", HelpName = "FILE" };
    private readonly Option<string?> _friends = new("--friends") { Description = "A table of friends, by the columns user and friend", HelpName = "FILE" };
    private readonly Option<string?> _log = new("--log") { Description = "A configuration whose data.log is read, in place of --interactions", HelpName = "sundry.yaml" };
    private readonly Option<string?> _weights = new("--weights") { Description = "What an event of a type counts, such as view=1,cart=3,purchase=5; other types do not count. Tables need a column type", HelpName = "TYPE=WEIGHT,…" };
    private readonly Option<string[]> _set = new("--set") { Description = "A recommender's setting, such as --set als.factors=128", HelpName = "NAME.SETTING=VALUE", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _where = new("--where") { Description = "Only items that this holds for, such as \"category = shoes\"", HelpName = "CONDITION" };
    private readonly Option<string?> _exclude = new("--exclude") { Description = "A table with a column item: these stand in no list", HelpName = "FILE" };
    private readonly Option<bool> _seen = new("--seen") { Description = "Items that a user had to do with may stand in the list too" };
    private readonly Option<int> _threads = NumberOption.Of("--threads", "Threads; 0 takes as many as there are cores. Results do not depend on it", 0);
    private readonly Option<int> _seed = NumberOption.Seed();

    public void AddTo(Command verb)
    {
        foreach (Option option in new Option[] { _files, _log, _weights, _columns, _items, _customers, _friends, _set, _where, _exclude, _seen, _threads, _seed }) verb.Options.Add(option);
    }

    public bool HasFiles(ParseResult command) => command.GetValue(_files) is { Length: > 0 } || command.GetValue(_log) is not null;

    /// <summary>The interactions with what is known of users and items, further tables or candidates numbered like them, and the log where they are one's.</summary>
    public (Interactions All, Interactions? Further, IReadOnlyList<CandidateList>? Candidates, EventLog? Log) Read(ParseResult command, RunDisplay display, string? further = null, string? candidates = null)
    {
        if (!HasFiles(command)) throw new InputException("there are no interactions; name their tables with --interactions FILE, or a log with --log sundry.yaml");
        if (command.GetValue(_log) is not null)
        {
            var (interactions, log) = ReadLog(command, display, further ?? candidates);
            return (interactions, null, null, log);
        }

        var (users, items) = (new Names(), new Names());
        var options = command.GetValue(_columns) is { } columns ? new ReadOptions { Header = false, Columns = columns.Split(',', StringSplitOptions.TrimEntries) } : ReadOptions.Default;
        var progress = new Relay<FitProgress>(p => display.Fitting("interactions", p));
        var all = InteractionFile.Read(command.GetValue(_files)!, users, items, options, Weights(command), progress, Exit.Stop);
        var second = further is null ? null : InteractionFile.Read([further], users, items, options, Weights(command), progress, Exit.Stop);
        var lists = candidates is null ? null : CandidateList.Read(candidates, users, items);
        var itemColumns = command.GetValue(_items) is { } catalogue ? InteractionFile.Attributes(catalogue, "item", items) : [];
        var userColumns = command.GetValue(_customers) is { } customers ? InteractionFile.Attributes(customers, "user", users) : [];
        var friends = command.GetValue(_friends) is { } edges ? InteractionFile.Friends(edges, users) : [];
        return (all.Build(itemColumns, userColumns, friends), second?.Build(itemColumns, userColumns, friends), lists, null);
    }

    /// <summary>The settings of all recommenders, and of one some more.</summary>
    public RecommenderOptions Settings(ParseResult command, params string[] more) => ConfigReader.Read<RecommenderOptions>("{}", "--set", ConfigSource.Parse([.. command.GetValue(_set) ?? [], .. more]));

    public FitRequest Request(ParseResult command, RunDisplay display, string name) => new(
        NumberOption.Seed(command, _seed), NumberOption.Within("--threads", (int?)command.GetValue(_threads), 0, 1024)!.Value, new Relay<FitProgress>(p => display.Fitting(name, p)), Exit.Stop);

    /// <summary>The names of <c>--by</c>, each checked before any work is done.</summary>
    public static string[] Names(string by)
    {
        var names = by.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.Length == 0) throw new InputException($"--by names no recommender; there are {string.Join(", ", Recommenders.Names)}");
        foreach (var name in names) Recommenders.Parse(name);
        return [.. names.Distinct()];
    }

    private Dictionary<string, float>? Weights(ParseResult command)
    {
        if (command.GetValue(_weights) is not { } text) return null;
        var weights = new Dictionary<string, float>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split('=', StringSplitOptions.TrimEntries) is not [{ Length: > 0 } name, var number] || !float.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) || !float.IsFinite(weight))
                throw new InputException($"--weights '{part}' is no type with a number; write such as view=1,cart=3,purchase=5");
            if (!weights.TryAdd(name, weight)) throw new InputException($"--weights names '{name}' twice; name it once");
        }

        return weights.Count > 0 ? weights : throw new InputException("--weights names no type; write such as view=1,cart=3,purchase=5");
    }

    // a log says itself what is known of items, users and friends
    private (Interactions Interactions, EventLog Log) ReadLog(ParseResult command, RunDisplay display, string? further)
    {
        foreach (var (isGiven, name) in new[] { (command.GetValue(_files) is { Length: > 0 }, "--interactions"), (command.GetValue(_columns) is not null, "--columns"), (command.GetValue(_items) is not null, "--items"), (command.GetValue(_customers) is not null, "--customers"), (command.GetValue(_friends) is not null, "--friends"), (further is not null, "--test and --candidates") })
            if (isGiven) throw new InputException($"--log names a log, which says all that it knows; leave {name} out");
        var file = command.GetValue(_log)!;
        var data = ConfigReader.ReadSection<SundryOptions, DataOptions>(file, "data", []);
        if (data.Log is null) throw new InputException("it has no data.log; name a configuration that has one, or tables with --interactions", file);
        var (log, _) = LogReader.Read(new LogRequest(data, Path.GetDirectoryName(Path.GetFullPath(file))!, TimeProvider.System, Databases.Open), new Relay<PrepareProgress>(display.Reading), Exit.Stop);
        return (Interactions.Of(log, Weights(command) ?? throw new InputException($"--weights is missing, which says what an event of a type counts (the types are {string.Join(", ", log.Types.Names)}); write such as view=1,cart=3,purchase=5")), log);
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
