using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Tests;

/// <summary>What every architecture owes with crossed features and encoded sequences: it is what its equations say, trains all of them, and treats a row alone as among others.</summary>
public sealed class InputConformanceTests
{
    private static readonly TaskType[] s_types = [TaskType.Binary, TaskType.Multiclass, TaskType.Regression];

    public static TheoryData<string, string> Cases()
    {
        var all = new TheoryData<string, string>();
        foreach (var name in Architectures.Names)
            foreach (var way in InputWorld.Ways.Keys.Where(way => InputWorld.Takes(name, way)))
                all.Add(name, way);
        return all;
    }

    /// <summary>Every architecture with crosses and with a target, which read most of the ops on rows; one with all encoders.</summary>
    public static TheoryData<string, string> ReferenceCases()
    {
        var some = new TheoryData<string, string>();
        foreach (var name in Architectures.Names)
            foreach (var way in InputWorld.Ways.Keys.Where(way => InputWorld.Takes(name, way) && (way is "interactions" or "din" || name == "mmoe")))
                some.Add(name, way);
        return some;
    }

    [Theory]
    [MemberData(nameof(ReferenceCases))]
    public void In_float_it_is_what_it_is_in_double(string name, string way)
    {
        var layout = InputWorld.Layout(name, s_types);
        // dice and the attention's layers divide by deviations, which have that much of their rounding too
        ReferenceCheck.Holds(new MultiTaskModel(layout, InputWorld.Options(name, way)), InputWorld.Rows(layout, 0, 6), way is "din" or "attention" ? 1e-5 : 2e-6);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_weight_is_trained_and_a_row_alone_is_predicted_as_among_others(string name, string way)
    {
        var layout = InputWorld.Layout(name, s_types);
        var model = new MultiTaskModel(layout, InputWorld.Options(name, way, dropout: 0.2, Normalization.Batch));
        using var store = new ParameterStore(model.Graph, 1, 2);
        var batch = InputWorld.Rows(layout, 0, 100);
        Assert.All(ToyWorld.Train(model, store, batch, 3), loss => Assert.True(double.IsFinite(loss)));
        using (var plan = new TrainingPlan(store, new Adam(), batch.Count, 2, 1, seed: 1))
        {
            model.Fill(plan, batch, new double[3]);
            plan.Forward(batch.Count);
            plan.Backward(model.LossWeights());
            plan.Update(0);
            foreach (var parameter in model.Graph.Parameters.Where(p => p.Trainable && !p.Name.EndsWith("key/bias", StringComparison.Ordinal)))
            {
                // a key's bias adds the same to all weights of a query, which the softmax takes away
                var gradient = new float[parameter.Length];
                plan.CopyGradient(parameter, gradient);
                Assert.True(gradient.AsSpan().IndexOfAnyExcept(0f) >= 0, $"{name} with {way} never trains {parameter.Name}");
            }
        }

        var all = ToyWorld.Predict(model, store, InputWorld.Rows(layout, 0, 7));
        for (var row = 0; row < 7; row++)
        {
            var one = ToyWorld.Predict(model, store, InputWorld.Rows(layout, row, 1));
            var expected = new List<double>();
            for (var (h, start) = (0, 0); h < model.Heads.Count; start += 7 * model.Heads[h++].Outputs)
                expected.AddRange(all.AsSpan(start + row * model.Heads[h].Outputs, model.Heads[h].Outputs).ToArray().Select(v => (double)v));
            Check.Near($"row {row}", [.. expected], one, 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_seed_decides_whatever_the_threads_and_weights_come_back(string name, string way)
    {
        var layout = InputWorld.Layout(name, s_types);
        var batch = InputWorld.Rows(layout, 0, 50);
        MultiTaskModel Model() => new(layout, InputWorld.Options(name, way, dropout: 0.2));
        float[] Run(ulong seed, int threads)
        {
            var model = Model();
            using var store = new ParameterStore(model.Graph, seed, 2);
            ToyWorld.Train(model, store, batch, 5, threads: threads);
            using var file = new MemoryStream();
            WeightFile.Write(file, store, moments: true);
            file.Position = 0;
            var again = Model();
            using var loaded = new ParameterStore(again.Graph, 77, 2);
            WeightFile.Read(file, loaded, "weights.bin");
            Check.Exact("predictions", ToyWorld.Predict(model, store, batch), ToyWorld.Predict(again, loaded, batch));
            return EverythingNet.Everything(loaded);
        }

        var one = Run(1, 1);
        Check.Exact("two threads", one, Run(1, 2));
        Assert.False(one.AsSpan().SequenceEqual(Run(2, 1)));
    }
}
