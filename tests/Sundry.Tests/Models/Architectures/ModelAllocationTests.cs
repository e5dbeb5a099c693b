using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Tests;

/// <summary>Nor does a model allocate, from a batch to its predictions or its next weights.</summary>
[Collection(nameof(Alone))]
public sealed class ModelAllocationTests
{
    public static TheoryData<string> Names => [.. Architectures.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Warm_models_allocate_nothing(string name)
    {
        var world = ToyWorld.For(name, TaskType.Binary, TaskType.Regression, TaskType.Count, TaskType.Multiclass);
        var model = new MultiTaskModel(world.Layout, ToyWorld.Options(name) with { Normalization = Normalization.Batch });
        using var store = new ParameterStore(model.Graph, 1, 2);
        using var plan = new TrainingPlan(store, new Adam(), 64, 2, 2, seed: 1);
        using var predictor = new Predictor(model, store, 64, 2);
        var batch = world.Rows(0, 64);
        var totals = new double[4];
        var weights = model.LossWeights();
        Assert.Equal(0, AllocationTests.Least(() =>
        {
            model.Fill(plan, batch, totals);
            plan.Forward(batch.Count);
            plan.Backward(weights);
            plan.Update(0.001, clip: 1);
        }));

        var result = new float[64 * 3];
        Assert.Equal(0, AllocationTests.Least(() =>
        {
            predictor.Run(batch);
            for (var h = 0; h < model.Heads.Count; h++) predictor.Predictions(model.Heads[h], result.AsSpan(0, 64 * model.Heads[h].Outputs));
        }));
    }
}
