using System.Globalization;
using Sundry.Data;

namespace Sundry.Training;

/// <summary>Reads interactions from tables with columns user, item and, where there are any, value and time; and attributes from tables with a key.</summary>
public static class InteractionFile
{
    private static readonly string[] s_users = ["user", "user_id", "userid", "customer", "visitorid"];
    private static readonly string[] s_items = ["item", "item_id", "itemid", "movie_id", "product"];
    private static readonly string[] s_values = ["value", "weight", "rating", "quantity", "count"];
    private static readonly string[] s_times = ["time", "timestamp", "date"];
    private static readonly string[] s_types = ["type", "event_type", "behavior"];
    private static readonly string[] s_friends = ["friend", "friend_id", "friendid"];
    private const int MostTypes = 31;

    /// <summary>Reads pairs into <paramref name="users"/> and <paramref name="items"/>, which grow.</summary>
    /// <param name="paths">Paths or globs.</param>
    /// <param name="users">The users' names so far.</param>
    /// <param name="items">The items' names so far.</param>
    /// <param name="options">How the files are written; columns are found by their names.</param>
    /// <param name="weights">What an event of a type counts, times its value; rows of other types do not count. Null: all count alike.</param>
    /// <param name="progress">Hears the share of the files that is read.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="InputException">A column is missing, or a row cannot be read.</exception>
    public static InteractionBuilder Read(
        IReadOnlyList<string> paths, Names users, Names items, ReadOptions options, IReadOnlyDictionary<string, float>? weights = null, IProgress<FitProgress>? progress = null, CancellationToken cancel = default)
    {
        using var reader = TableReader.Open(paths, options);
        var file = reader.Files[0];
        var user = Find(reader.Header, s_users) is var u and >= 0 ? u : throw Missing(reader, "user", file);
        var item = Find(reader.Header, s_items) is var i and >= 0 ? i : throw Missing(reader, "item", file);
        var (value, time) = (Find(reader.Header, s_values), Find(reader.Header, s_times));
        var type = Find(reader.Header, s_types);
        if (weights is not null && type < 0) throw Missing(reader, "type", file);
        var types = new Names();
        foreach (var name in weights?.Keys ?? []) types.FindOrAdd(name);
        var factors = weights?.Values.ToArray();
        var builder = new InteractionBuilder(users, items);
        while (reader.Read())
        {
            if (reader.RowsRead % 8192 == 0)
            {
                cancel.ThrowIfCancellationRequested();
                progress?.Report(new FitProgress("reading", reader.RowsRead, 0, "rows", reader.Progress));
            }

            var row = reader.Current;
            var weight = 1f;
            long? when = null;
            if (row[user].IsEmpty || row[item].IsEmpty)
            {
                reader.Refuse($"the {(row[user].IsEmpty ? "user" : "item")} is empty; name one in every row");
                continue;
            }

            if (value >= 0 && !(row[value].IsEmpty || (float.TryParse(row[value], NumberStyles.Float, CultureInfo.InvariantCulture, out weight) && float.IsFinite(weight))))
            {
                reader.Refuse($"'{row.Text(value)}' in the column '{reader.Header[value]}' is no finite number; write one, or leave it empty for 1");
                continue;
            }

            if (value >= 0 && row[value].IsEmpty) weight = 1;
            if (time >= 0 && !row[time].IsEmpty)
            {
                if (!TimeText.TryParse(row[time], out var milliseconds))
                {
                    reader.Refuse($"'{row.Text(time)}' in the column '{reader.Header[time]}' is no time; write one such as 2025-03-03T09:00:00Z, or Unix seconds");
                    continue;
                }

                when = milliseconds;
            }

            var kind = 0;
            if (type >= 0)
            {
                if ((kind = factors is null ? types.FindOrAdd(row[type]) : types.Find(row[type])) < 0) continue;
                if (kind >= MostTypes) throw new InputException($"there are more than {MostTypes} types of events; name those that count with --weights", file, row.Line);
                if (factors is not null) weight *= factors[kind];
            }

            builder.Add(users.FindOrAdd(row[user]), items.FindOrAdd(row[item]), weight, when, kind);
        }

        builder.Types = [.. Enumerable.Range(0, types.Count).Select(types.Text)];
        return builder.Count > 0 ? builder : throw new InputException("no row is left of it; give a file with a user and an item in each row", file);
    }

    /// <summary>Reads pairs.</summary>
    /// <exception cref="InputException">A column is missing, or a row cannot be read.</exception>
    public static Interactions Load(IReadOnlyList<string> paths, ReadOptions? options = null)
    {
        var (users, items) = (new Names(), new Names());
        return Read(paths, users, items, options ?? ReadOptions.Default).Build([], []);
    }

    /// <summary>Reads a table of friends: columns user and friend. Who is in no interaction is left out, and of a pair that stands there twice one stays.</summary>
    /// <param name="path">The file.</param>
    /// <param name="users">The users' names.</param>
    /// <exception cref="InputException">A column is missing, or nobody is left.</exception>
    public static IReadOnlyList<(int User, int Friend)> Friends(string path, Names users)
    {
        using var reader = TableReader.Open([path]);
        var user = Find(reader.Header, s_users) is var u and >= 0 ? u : throw Missing(reader, "user", reader.Files[0]);
        var friend = Find(reader.Header, s_friends) is var f and >= 0 ? f : throw Missing(reader, "friend", reader.Files[0]);
        var pairs = new SortedSet<(int, int)>();
        while (reader.Read())
        {
            var (a, b) = (users.Find(reader.Current[user]), users.Find(reader.Current[friend]));
            if (a >= 0 && b >= 0 && a != b) pairs.Add((Math.Min(a, b), Math.Max(a, b)));
        }

        return pairs.Count > 0 ? [.. pairs] : throw new InputException("no two of its users are in the interactions; give the friends of their users", path);
    }

    /// <summary>Reads a table of attributes: one column is the key, each other one becomes a <see cref="NamedColumn"/> by the number of the key; unknown keys get new numbers.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">What the key is: <c>item</c> or <c>user</c>.</param>
    /// <param name="names">The names so far.</param>
    /// <exception cref="InputException">The key's column is missing, or a key occurs twice.</exception>
    public static IReadOnlyList<NamedColumn> Attributes(string path, string key, Names names)
    {
        using var reader = TableReader.Open([path]);
        var at = Find(reader.Header, key == "item" ? s_items : s_users) is var found and >= 0 ? found : throw Missing(reader, key, reader.Files[0]);
        var columns = Enumerable.Range(0, reader.Header.Count).Where(c => c != at).ToArray();
        var values = columns.Select(_ => new Names()).ToArray();
        var numbers = columns.Select(_ => new List<int>()).ToArray();
        var seen = new HashSet<int>();
        while (reader.Read())
        {
            var row = reader.Current;
            if (row[at].IsEmpty)
            {
                reader.Refuse($"the {key} is empty; name one in every row");
                continue;
            }

            var number = names.FindOrAdd(row[at]);
            if (!seen.Add(number))
            {
                reader.Refuse($"the {key} '{row.Text(at)}' stands here a second time; keep one row of it");
                continue;
            }

            for (var c = 0; c < columns.Length; c++)
            {
                while (numbers[c].Count <= number) numbers[c].Add(-1);
                if (!row[columns[c]].IsEmpty) numbers[c][number] = values[c].FindOrAdd(row[columns[c]]);
            }
        }

        return [.. columns.Select((c, i) => new NamedColumn(reader.Header[c], values[i], [.. numbers[i]]))];
    }

    private static int Find(IReadOnlyList<string> header, string[] known)
    {
        foreach (var name in known)
            for (var i = 0; i < header.Count; i++)
                if (string.Equals(header[i], name, StringComparison.OrdinalIgnoreCase)) return i;
        return -1;
    }

    private static InputException Missing(TableReader reader, string key, string file) =>
        new($"there is no column '{key}' (its columns are {string.Join(", ", reader.Header.Take(12))}); rename one, or name all in order with --columns where the file has no header", file, 1);
}
