using System.Runtime.CompilerServices;
using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>A multi-task network for the columns of a <see cref="Layout"/>: inputs, shared part, towers, heads and losses as one graph.</summary>
public sealed class MultiTaskModel
{
    private readonly Builder _net;

    /// <summary>Builds the graph.</summary>
    /// <param name="layout">The columns that the encoder produces.</param>
    /// <param name="options">Architecture and sizes.</param>
    /// <param name="tasks">The names of the tasks to learn; null for all of the layout.</param>
    /// <exception cref="InputException">The architecture is unknown, a task is not in the layout, or no feature is left.</exception>
    public MultiTaskModel(Layout layout, ModelOptions options, IReadOnlyCollection<string>? tasks = null)
    {
        if (!Architectures.Names.Contains(options.Architecture))
            throw new InputException($"there is no architecture '{options.Architecture}'{NearestName.Ask(options.Architecture, Architectures.Names)} (they are {string.Join(", ", Architectures.Names)})");
        if (tasks?.FirstOrDefault(name => layout.Tasks.All(t => t.Name != name)) is { } missing)
            throw new InputException($"there is no task '{missing}'; the tasks are {string.Join(", ", layout.Tasks.Select(t => t.Name))}");
        Layout = layout;
        Options = options;
        TaskSchema[] learned = [.. layout.Tasks.Where(t => tasks is null || tasks.Contains(t.Name))];
        learned = [.. learned.Select(t => Among(t, learned))];
        // what a task passes on to others is nothing to one that is learned out of several by itself
        if (tasks is not null && learned is [var alone]) learned = [alone with { Gradient = new() }];
        var architecture = Architectures.Create(options.Architecture);
        if (architecture.Refuse(learned, options) is { } refusal) throw new InputException(refusal);
        _net = new Builder(layout, options, learned);
        Heads = architecture.Build(_net, learned);
        if (learned.FirstOrDefault(t => t.Gradient.Shared != 1 && !_net.Reading.Contains(t.Name)) is { } bound)
            throw new InputException($"'{options.Architecture}' has nothing shared that task '{bound.Name}' could teach less; write 'gradient: {{representation: {bound.Gradient.Shared}}}' for all before its tower, or remove 'gradient.shared'");
        foreach (var below in Heads)
            foreach (var above in Heads.Where(h => below.Task.AtMost.Contains(h.Task.Name, StringComparer.Ordinal)))
                _net.AtMost(below, above);
        if (options.Mixup > 0)
        {
            if (options.Interactions.FirstOrDefault(i => i != Interaction.Dcn, Interaction.Dcn) is var single && single != Interaction.Dcn)
                throw new InputException($"'interactions: {ConfigWords.Of(single)}' goes by the values of single rows, which rows mixed of two do not have; remove 'model.mixup'");
            if (_net.ReadsRows) throw new InputException($"'{options.Architecture}' goes by the scenario or the labels of single rows, which rows mixed of two do not have; remove 'model.mixup'");
            foreach (var head in Heads) head.Loss.MixLabels(options.Mixup);
        }

        Penalties = _net.Penalties();
        MainHeads = Heads.Any(h => h.Task.Main) ? [.. Heads.Where(h => h.Task.Main)] : Heads;
    }

    /// <summary>The columns that it reads.</summary>
    public Layout Layout { get; }

    /// <summary>Architecture and sizes.</summary>
    public ModelOptions Options { get; }

    /// <summary>The graph.</summary>
    public Graph Graph => _net.Graph;

    /// <summary>One head a task, in the layout's order.</summary>
    public IReadOnlyList<TaskHead> Heads { get; }

    /// <summary>The heads of the tasks that are wanted for themselves; all of them where none is.</summary>
    public IReadOnlyList<TaskHead> MainHeads { get; }

    /// <summary>The terms of the loss that belong to no task; as losses of the graph they come behind the heads'.</summary>
    public IReadOnlyList<Penalty> Penalties { get; }

    /// <summary>What each loss of the graph counts, as a training plan takes it: 1 for each task, in the order of the heads, then each penalty's own weight.</summary>
    public double[] LossWeights() => [.. Heads.Select(_ => 1.0), .. Penalties.Select(p => p.Weight)];

    /// <summary>The gates, in the order of their levels.</summary>
    public IReadOnlyList<Gate> Gates => _net.Gates;

    /// <summary>Copies the features of a batch to where an inference plan reads them.</summary>
    public void Fill(InferencePlan plan, Batch batch) => Fill(new InferenceFeed(plan), batch);

    /// <summary>
    /// Copies the features and labels of a batch to where a training plan reads them. Each task's loss becomes the mean over its own rows,
    /// weighted by sample and class weights.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="totals">By head: the weight of the task's rows in this batch; 0 where the batch holds none.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(TrainingPlan plan, Batch batch, Span<double> totals)
    {
        Fill(new TrainingFeed(plan), batch);
        var columns = Layout.Tasks.Count;
        for (var h = 0; h < Heads.Count; h++)
        {
            var head = Heads[h];
            var labels = plan.Input(head.Label);
            var weights = plan.Input(head.Weight);
            var knowns = _net.KnownInput(head.Task.Name) is { } node ? plan.Input(node) : default;
            var total = 0.0;
            for (var row = 0; row < batch.Count; row++)
            {
                var label = batch.Labels[row * columns + head.Column];
                var known = !float.IsNaN(label) && !Contradicts(head, label, batch.Labels.AsSpan(row * columns, columns));
                if (!knowns.IsEmpty) knowns[row] = known ? 1 : 0;
                var weight = known ? batch.Weights[row] * ClassWeight(head.Task, label) : 0;
                labels[row] = known ? head.Target(label) : 0;
                weights[row] = weight;
                total += weight;
            }

            totals[h] = total;
            if (total <= 0) continue;
            var share = (float)(1 / total);
            for (var row = 0; row < batch.Count; row++) weights[row] *= share;
        }

        if (_net.RowShareInput is not { } shares) return;
        var sum = 0.0;
        for (var row = 0; row < batch.Count; row++) sum += batch.Weights[row];
        for (var row = 0; row < batch.Count; row++) plan.Input(shares)[row] = sum > 0 ? (float)(batch.Weights[row] / sum) : 0;
    }

    // something happened without what must come before it
    private static bool Contradicts(TaskHead head, float label, ReadOnlySpan<float> labels)
    {
        if (label > 0)
            foreach (var before in head.Before)
                if (labels[before] == 0)
                    return true;
        return false;
    }

    // what a task says of others holds as far as they are learned too
    private static TaskSchema Among(TaskSchema task, TaskSchema[] learned)
    {
        string[] after = [.. task.After.Where(name => learned.Any(t => t.Name == name))];
        string[] atMost = [.. task.AtMost.Where(name => learned.Any(t => t.Name == name))];
        return after.Length == task.After.Count && atMost.Length == task.AtMost.Count ? task : task with { After = after, AtMost = atMost };
    }

    /// <summary>Where the embeddings of a column of ids lie: each table with the row of its id 0. A weight of a linear part is no embedding.</summary>
    /// <param name="column">The column's place among the layout's ids.</param>
    public IReadOnlyList<(Table Table, int First)> RowsOf(int column) => [.. _net.Inputs.SelectMany(inputs => inputs.RowsOf(column)).Distinct()];

    /// <summary>The inputs that hold the named columns of the layout.</summary>
    internal SharedInputs Share(IReadOnlyCollection<string> columns)
    {
        var known = Layout.Ids.Select(f => f.Name).Concat(Layout.Bags.Select(b => b.Name)).Concat(Layout.Numbers).ToHashSet(StringComparer.Ordinal);
        if (columns.FirstOrDefault(c => !known.Contains(c)) is { } unknown)
            throw new ArgumentException($"the layout has no column '{unknown}'", nameof(columns));
        var shared = new SharedInputs();
        foreach (var inputs in _net.Inputs) inputs.Share(shared, columns);
        for (var i = 0; i < Layout.Numbers.Count; i++)
            if (_net.Numbers is { } numbers && columns.Contains(Layout.Numbers[i]))
                shared.Add(numbers, i);
        return shared;
    }

    private void Fill<TFeed>(TFeed feed, Batch batch)
        where TFeed : struct, IModelFeed
    {
        foreach (var inputs in _net.Inputs) inputs.Fill(batch, feed);
        if (_net.ScenarioInput is { } scenario)
            for (var row = 0; row < batch.Count; row++)
                feed.Ids(scenario.Node)[row] = batch.Ids[row * Layout.Ids.Count + scenario.Column];
        if (_net.Numbers is { } numbers)
            batch.Numbers.AsSpan(0, batch.Count * Layout.Numbers.Count).CopyTo(feed.Dense(numbers));
    }

    private static float ClassWeight(TaskSchema task, float label) => task.ClassWeights is { } weights ? (float)weights[(int)label] : 1;

    private readonly struct InferenceFeed(InferencePlan plan) : IModelFeed
    {
        public ParameterStore Store => plan.Store;

        public Span<float> Dense(Node node) => plan.Input(node);

        public Span<int> Ids(IdNode node) => plan.Input(node);

        public void SetBag(BagNode node, ReadOnlySpan<int> offsets, ReadOnlySpan<int> ids, ReadOnlySpan<float> weights) => plan.SetBag(node, offsets, ids, weights);
    }

    private readonly struct TrainingFeed(TrainingPlan plan) : IModelFeed
    {
        public ParameterStore Store => plan.Store;

        public Span<float> Dense(Node node) => plan.Input(node);

        public Span<int> Ids(IdNode node) => plan.Input(node);

        public void SetBag(BagNode node, ReadOnlySpan<int> offsets, ReadOnlySpan<int> ids, ReadOnlySpan<float> weights) => plan.SetBag(node, offsets, ids, weights);
    }
}
