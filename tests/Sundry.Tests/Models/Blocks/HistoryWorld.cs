using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Tests;

/// <summary>
/// Rows with a history of items and the items' kinds, whose label is whether the row's item is among the last three of it: what nobody can tell who does not hold one against the other.
/// </summary>
internal static class HistoryWorld
{
    public const int Count = 512;
    private const int Items = 9;

    public static Layout Layout(int embedding = 6, params TaskType[] tasks) => new(
        [new IdField("user", "user", 5, null), new IdField("item", "item", Items, embedding)],
        [
            new BagField("history", "history", Items, null, Pooling.Mean) { Length = 12, Table = "item" },
            new BagField("history:kind", "history", 3, 2, Pooling.Mean) { Length = 12 },
            new BagField("tags", "tags", 4, null, Pooling.Mean),
        ],
        ["price"],
        [.. (tasks.Length == 0 ? [TaskType.Binary] : tasks).Select((type, i) => ToyLayout.Task($"{(char)('a' + i)}", type))]);

    public static Batch Rows(Layout layout, int first, int count)
    {
        var batch = new Batch(layout, count) { Count = count };
        List<int>[] bags = [[], [], []];
        for (var i = 0; i < count; i++)
        {
            var row = first + i;
            int[] history = [.. Enumerable.Range(0, row % 13).Select(t => Draw(row, 10 + t, Items))];
            var item = Draw(row, 1, 2) == 1 && history.Length > 0 ? history[^(Draw(row, 2, Math.Min(3, history.Length)) + 1)] : Draw(row, 3, Items);
            batch.Ids[2 * i] = Draw(row, 4, 5);
            batch.Ids[2 * i + 1] = item;
            batch.Numbers[i] = (float)CounterRandom.Normal(9, (ulong)row);
            bags[0].AddRange(history);
            bags[1].AddRange(history.Select(h => h % 3));
            bags[2].AddRange(Enumerable.Range(0, row % 3));
            for (var bag = 0; bag < bags.Length; bag++)
            {
                batch.BagOffsets[bag][i + 1] = bags[bag].Count;
                batch.BagIds[bag] = [.. bags[bag]];
            }

            batch.Weights[i] = 1;
            for (var t = 0; t < layout.Tasks.Count; t++)
                batch.Labels[i * layout.Tasks.Count + t] = layout.Tasks[t].Type == TaskType.Multiclass ? item % 3 : history.TakeLast(3).Contains(item) ? 1 : 0;
        }

        return batch;
    }

    public static ModelOptions Options(SequenceOptions history, string architecture = "single_task") => ToyWorld.Options(architecture) with
    {
        Embedding = 6,
        EmbeddingDeviation = 0.3,
        Normalization = Normalization.None,
        Dropout = 0,
        Sequences = new Dictionary<string, SequenceOptions> { ["history"] = history },
    };

    private static int Draw(int row, int which, int of) => (int)(CounterRandom.Bits((ulong)which, (ulong)row) % (ulong)of);
}
