using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Tests;

/// <summary>Rows of ids, numbers and a history with what goes along with it, all embeddings of one width, for models that cross features and read sequences.</summary>
internal static class InputWorld
{
    /// <summary>Ways to read the inputs, by name.</summary>
    public static IReadOnlyDictionary<string, (Interaction[] Interactions, SequenceOptions Sequence)> Ways { get; } = new OrderedDictionary<string, (Interaction[], SequenceOptions)>
    {
        ["interactions"] = ([Interaction.Linear, Interaction.Fm, Interaction.Dcn, Interaction.Cin], new()),
        ["din"] = ([], new() { Encoder = SequenceEncoding.Din, Target = "item", Layers = [3] }),
        ["gru"] = ([Interaction.Dcn], new() { Encoder = SequenceEncoding.Gru }),
        ["attention"] = ([], new() { Encoder = SequenceEncoding.Attention, Blocks = 1, Heads = 2, Dropout = 0 }),
        ["interests"] = ([Interaction.Fm], new() { Encoder = SequenceEncoding.Interests, Target = "item", Units = 3, Interests = 2 }),
    };

    /// <summary>A layout whose tasks an architecture does not refuse: these, or as many events, each after the one before it.</summary>
    public static Layout Layout(string architecture, params TaskType[] types)
    {
        Layout[] layouts = [Of(types), ReferenceTests.Chained(Of(types)), ReferenceTests.Chained(Of([.. types.Select(_ => TaskType.Binary)]))];
        return layouts.First(layout => Architectures.Create(architecture).Refuse(layout.Tasks, ToyWorld.Options(architecture)) is null);
    }

    /// <summary>Whether an architecture takes encoders: soft_sharing's features begin alike for every task, and encoders would not.</summary>
    public static bool Takes(string architecture, string way) => architecture != "soft_sharing" || Ways[way].Sequence.Encoder == SequenceEncoding.Mean;

    public static ModelOptions Options(string architecture, string way, double dropout = 0, Normalization normalization = Normalization.None) => ToyWorld.Options(architecture) with
    {
        Embedding = 4,
        EmbeddingDeviation = 0.5,
        Bottom = [5],
        Experts = new ExpertOptions { Count = 2, Own = 1, Shared = 1, Levels = 1, Layers = [4] },
        Tower = [4],
        Dropout = dropout,
        Activation = Activation.Tanh,
        Normalization = normalization,
        Interactions = Ways[way].Interactions,
        Cross = new CrossOptions { Layers = 2, Rank = way == "gru" ? 2 : 0 },
        Maps = [2, 2],
        Sequences = new Dictionary<string, SequenceOptions> { ["history"] = Ways[way].Sequence },
    };

    public static Batch Rows(Layout layout, int first, int count)
    {
        var batch = new Batch(layout, count) { Count = count };
        List<int>[] bags = [[], []];
        for (var i = 0; i < count; i++)
        {
            var row = first + i;
            batch.Ids[2 * i] = row % 2;
            batch.Ids[2 * i + 1] = Draw(row, 1, 4);
            for (var c = 0; c < 2; c++) batch.Numbers[2 * i + c] = (Draw(row, 2 + c, 512) - 256) / 128f;
            for (var t = 0; t < (row + 1) % 5; t++)
            {
                bags[0].Add(Draw(row, 10 + t, 4));
                bags[1].Add(Draw(row, 20 + t, 3));
            }

            for (var bag = 0; bag < 2; bag++)
            {
                batch.BagOffsets[bag][i + 1] = bags[bag].Count;
                batch.BagIds[bag] = [.. bags[bag]];
            }

            batch.Weights[i] = 1;
            var tasks = layout.Tasks.Count;
            for (var t = 0; t < tasks; t++) batch.Labels[tasks * i + t] = layout.Tasks[t].Type == TaskType.Regression ? Draw(row, 30, 5) : row % 3 == 0 ? 1 : 0;
        }

        return batch;
    }

    private static Layout Of(TaskType[] types) => new(
        [new IdField("user", "user", 3, null), new IdField("item", "item", 4, null)],
        [new BagField("history", "history", 4, null, Pooling.Mean) { Length = 4, Table = "item" }, new BagField("history:kind", "history", 3, null, Pooling.Mean) { Length = 4 }],
        ["price", "age"],
        [.. types.Select((type, i) => ToyLayout.Task($"{(char)('a' + i)}", type))]);

    private static int Draw(int row, int which, int of) => (int)(CounterRandom.Bits((ulong)which, (ulong)row) % (ulong)of);
}
