using System.Runtime.InteropServices;
using Sundry.Data;

namespace Sundry.Training;

/// <summary>Interactions with their names and columns as arrays of a <see cref="RecommenderState"/>.</summary>
internal static class InteractionState
{
    public static void Keep(Interactions pairs, RecommenderState state)
    {
        state.Add("pairs.offsets", pairs.Offsets);
        state.Add("pairs.items", pairs.ItemNumbers);
        state.Add("pairs.weights", pairs.Weights);
        state.Add("pairs.times", MemoryMarshal.Cast<long, int>(pairs.Times).ToArray());
        Keep(pairs.Users, "users", state);
        Keep(pairs.Items, "items", state);
        Keep(pairs.UserColumns, "user_columns", state);
        Keep(pairs.ItemColumns, "item_columns", state);
    }

    /// <exception cref="InputException">The arrays do not fit one another.</exception>
    public static Interactions Restore(RecommenderState state)
    {
        var (users, items) = (Names(state, "users"), Names(state, "items"));
        var offsets = state.Offsets("pairs.offsets", users.Count);
        var times = MemoryMarshal.Cast<int, long>(state.Integers("pairs.times", -1, int.MinValue, 1L << 31)).ToArray();
        if (times.Length != 0 && times.Length != offsets[^1]) throw new InputException("the recommender has times for other pairs than its own; fit it again");
        return new Interactions(users, items, offsets, state.Integers("pairs.items", offsets[^1], 0, items.Count), state.Floats("pairs.weights", offsets[^1]), times)
        {
            UserColumns = Columns(state, "user_columns"),
            ItemColumns = Columns(state, "item_columns"),
        };
    }

    private static void Keep(IReadOnlyList<NamedColumn> columns, string name, RecommenderState state)
    {
        var names = new Names();
        for (var i = 0; i < columns.Count; i++)
        {
            // the place goes in front, for two columns of one name would be one name
            names.FindOrAdd($"{i}:{columns[i].Name}");
            Keep(columns[i].Values, $"{name}.{i}.values", state);
            state.Add($"{name}.{i}.numbers", columns[i].Numbers);
        }

        Keep(names, name, state);
    }

    private static List<NamedColumn> Columns(RecommenderState state, string name)
    {
        var (columns, names) = (new List<NamedColumn>(), Names(state, name));
        for (var i = 0; i < names.Count; i++)
        {
            var values = Names(state, $"{name}.{i}.values");
            columns.Add(new(names.Text(i)[(names.Text(i).IndexOf(':', StringComparison.Ordinal) + 1)..], values, state.Integers($"{name}.{i}.numbers", -1, -1, values.Count)));
        }

        return columns;
    }

    // texts one after the other, four bytes to an integer
    private static void Keep(Names names, string name, RecommenderState state)
    {
        var offsets = new int[names.Count + 1];
        for (var i = 0; i < names.Count; i++) offsets[i + 1] = checked(offsets[i] + names[i].Length);
        var text = new int[(offsets[^1] + 3) / 4];
        var bytes = MemoryMarshal.AsBytes(text.AsSpan());
        for (var i = 0; i < names.Count; i++) names[i].CopyTo(bytes[offsets[i]..]);
        state.Add($"names.{name}.offsets", offsets);
        state.Add($"names.{name}.text", text);
    }

    private static Names Names(RecommenderState state, string name)
    {
        var count = state.Integers($"names.{name}.offsets", -1, 0, 1L << 31).Length - 1;
        if (count < 0) throw new InputException($"the recommender's names of {name} are missing; fit it again");
        var offsets = state.Offsets($"names.{name}.offsets", count);
        var bytes = MemoryMarshal.AsBytes(state.Integers($"names.{name}.text", (offsets[^1] + 3L) / 4, int.MinValue, 1L << 31).AsSpan());
        var names = new Names();
        for (var i = 0; i < count; i++)
            if (names.FindOrAdd(bytes[offsets[i]..offsets[i + 1]]) != i) throw new InputException($"the recommender's names of {name} hold one twice; fit it again");
        return names;
    }
}
