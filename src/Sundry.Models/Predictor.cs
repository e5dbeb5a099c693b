using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>Scores batches with a model's present weights.</summary>
public sealed class Predictor : IDisposable
{
    private readonly InferencePlan _plan;

    /// <summary>Lays out the memory for batches of up to <paramref name="capacity"/> rows.</summary>
    /// <param name="model">The network.</param>
    /// <param name="store">Its weights.</param>
    /// <param name="capacity">The most rows of a batch.</param>
    /// <param name="threads">Threads to divide the rows among.</param>
    public Predictor(MultiTaskModel model, ParameterStore store, int capacity, int threads = 1)
    {
        Model = model;
        _plan = new InferencePlan(store, capacity, threads);
    }

    /// <summary>The network.</summary>
    public MultiTaskModel Model { get; }

    /// <summary>The most rows of a batch.</summary>
    public int Capacity => _plan.Capacity;

    /// <summary>Computes all tasks for the rows of a batch.</summary>
    public void Run(Batch batch)
    {
        Model.Fill(_plan, batch);
        _plan.Run(batch.Count);
    }

    /// <summary>Copies the predictions of one task, [rows, outputs], from the last run: what <see cref="TaskHead.Predict"/> makes of the logits.</summary>
    public void Predictions(TaskHead head, Span<float> destination)
    {
        _plan.Copy(head.Logits, destination);
        head.Predict(destination);
    }

    /// <summary>Copies the value of any node from the last run, such as a gate's weights.</summary>
    public void Copy(Node node, Span<float> destination) => _plan.Copy(node, destination);

    /// <inheritdoc/>
    public void Dispose() => _plan.Dispose();
}
