using Sundry.Data;
using Sundry.Models;

namespace Sundry.Tests;

/// <summary>How many weights each way to share has, by the formula of its page.</summary>
public sealed class ArchitectureCountTests
{
    private const int Embedding = 3;
    private const int Numbers = 5;
    private const int D = Embedding + Numbers;
    private const int Table = 10 * Embedding;

    private static readonly long s_tower = Layers(6, 4, 1);

    public static TheoryData<int> Counts => [1, 2, 4];

    [Theory, MemberData(nameof(Counts))]
    public void Soft_sharing_has_a_whole_network_a_task(int tasks) =>
        Assert.Equal(Model("single_task", tasks).Graph.WeightCount, Model("soft_sharing", tasks).Graph.WeightCount);

    [Theory, MemberData(nameof(Counts))]
    public void Cross_stitch_has_a_column_a_task_and_a_mixture_a_layer(int tasks) =>
        Assert.Equal(Table + tasks * (Layers(D, 7, 6) + s_tower) + (tasks > 1 ? 2 * tasks * tasks : 0), Model("cross_stitch", tasks).Graph.WeightCount);

    [Theory, MemberData(nameof(Counts))]
    public void Feature_has_an_extractor_and_models_that_read_more(int tasks) =>
        Assert.Equal(Table + Layers(D, 7, 6) + tasks * (Table + Layers(6 + D, 7, 6) + s_tower), Model("feature", tasks).Graph.WeightCount);

    [Theory, MemberData(nameof(Counts))]
    public void Omoe_has_one_gate(int tasks) =>
        Assert.Equal(Table + 4 * Layers(D, 6) + 4 * D + tasks * s_tower, Model("omoe", tasks).Graph.WeightCount);

    [Theory, MemberData(nameof(Counts))]
    public void Dselect_k_has_bits_and_choices(int tasks) =>
        Assert.Equal(Table + 4 * Layers(D, 6) + tasks * (D * 2 * 2 + D * 2 + s_tower), Model("dselect_k", tasks).Graph.WeightCount);

    [Theory, MemberData(nameof(Counts))]
    public void Esmm_shares_its_embeddings(int tasks) =>
        Assert.Equal(Table + tasks * (Layers(D, 7, 6) + s_tower), Model("esmm", tasks).Graph.WeightCount);

    [Theory, MemberData(nameof(Counts))]
    public void Escm2_has_what_esmm_has_and_an_imputation_a_link_where_it_is_doubly_robust(int tasks)
    {
        Assert.Equal(Model("esmm", tasks).Graph.WeightCount, Model("escm2", tasks).Graph.WeightCount);
        var robust = Model("escm2", tasks, options => options with { Counterfactual = new CounterfactualOptions { Estimator = CounterfactualEstimator.Dr } });
        Assert.Equal(Model("esmm", tasks).Graph.WeightCount + (tasks - 1) * s_tower, robust.Graph.WeightCount);
    }

    [Theory, MemberData(nameof(Counts))]
    public void Aitm_has_a_bottom_a_task_and_a_transfer_a_link(int tasks) =>
        Assert.Equal(Table + tasks * (Layers(D, 7, 6) + s_tower) + (tasks - 1) * (Layers(6, 6) + 3 * 6 * 6), Model("aitm", tasks).Graph.WeightCount);

    [Theory, MemberData(nameof(Counts))]
    public void Dbmtl_has_a_relation_a_task(int tasks) =>
        Assert.Equal(Table + Layers(D, 7, 6) + tasks * (Layers(6, 4) + Layers(4, 4) + Layers(4, 1)) + (tasks - 1) * 4 * 4, Model("dbmtl", tasks).Graph.WeightCount);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(2, 3)]
    public void Stem_has_tables_for_each_task_and_gates_over_all_experts(int tasks, int levels)
    {
        const int own = 2, shared = 1, width = 6;
        var expected = (tasks + 1) * Table + tasks * s_tower;
        for (var level = 1; level <= levels; level++)
        {
            var input = level == 1 ? D : width;
            var experts = tasks * own + shared;
            expected += experts * Layers(input, width) + (tasks + (level < levels ? 1 : 0)) * input * experts;
        }

        Assert.Equal(expected, Model("stem", tasks, options => options with { Experts = options.Experts with { Own = own, Shared = shared, Levels = levels } }).Graph.WeightCount);
    }

    [Theory, MemberData(nameof(Counts))]
    public void Pepnet_has_a_gate_on_embeddings_and_one_a_layer(int tasks)
    {
        static long Gate(int reads, int width) => Layers(reads, width, width);
        var expected = Table + Gate(Embedding + D, D) + tasks * (Layers(D, 7, 6) + Gate(2 * Embedding + D, 7) + Gate(2 * Embedding + D, 6) + s_tower);
        Assert.Equal(expected, Model("pepnet", tasks).Graph.WeightCount);
    }

    [Theory, MemberData(nameof(Counts))]
    public void Star_has_a_view_of_weights_and_norms_a_scenario_and_a_correction_a_task(int tasks)
    {
        const int views = 1 + 10;
        var plain = Table + views * Layers(D, 7, 6) + tasks * (s_tower + Layers(Embedding + D, 4) + 4);
        Assert.Equal(plain, Model("star", tasks).Graph.WeightCount);
        var normed = Model("star", tasks, options => options with { Normalization = Normalization.Batch });
        Assert.Equal(plain + views * 2 * (D + 7 + 6) + tasks * 2 * (4 + 4), normed.Graph.WeightCount);
    }

    [Fact]
    public void Every_architecture_is_counted_here_or_with_its_sharing()
    {
        string[] counted = ["single_task", "shared_bottom", "mmoe", "cgc", "ple", "soft_sharing", "cross_stitch", "feature", "omoe", "dselect_k", "esmm", "escm2", "aitm", "dbmtl", "stem", "pepnet", "star"];
        Assert.Empty(Architectures.Names.Except(counted));
    }

    private static long Layers(params int[] widths) => Enumerable.Range(1, widths.Length - 1).Sum(i => (long)widths[i - 1] * widths[i] + widths[i]);

    private static MultiTaskModel Model(string name, int tasks, Func<ModelOptions, ModelOptions>? change = null)
    {
        var layout = ToyLayout.Of([new IdField("id", "id", 10, Embedding)], [.. Enumerable.Range(0, Numbers).Select(i => $"n{i}")], [.. Enumerable.Repeat(TaskType.Binary, tasks)]);
        var options = new ModelOptions
        {
            Architecture = name,
            Bottom = [7, 6],
            Experts = new ExpertOptions { Count = 4, Layers = [6] },
            Tower = [4],
            Normalization = Normalization.None,
            Scenario = "id",
            Personal = ["id"],
        };
        if (Architectures.Create(name).Refuse(layout.Tasks, options) is not null)
            layout = layout with { Tasks = [.. layout.Tasks.Select((task, t) => t == 0 ? task : task with { After = [layout.Tasks[t - 1].Name] })] };
        return new(layout, change?.Invoke(options) ?? options);
    }
}
