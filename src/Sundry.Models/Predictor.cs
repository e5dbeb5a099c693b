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
    /// <param name="shared">
    /// Names of columns of the layout that are the same for all rows of a batch, such as a request's user and context; of those the first row
    /// alone is read, and what depends on them alone is computed once a batch.
    /// </param>
    /// <param name="heads">
    /// The heads to compute, such as <see cref="MultiTaskModel.MainHeads"/>: towers, experts and gates that lead to none of them are left out. Null for all heads, and all gates.
    /// </param>
    /// <param name="memory">
    /// Bytes in which to keep what the first layers make of each value of features that have few: these are looked up and added instead of multiplied, beside what is shared. Outputs differ in the last digits.
    /// </param>
    /// <exception cref="ArgumentException">The layout has no such column.</exception>
    public Predictor(MultiTaskModel model, ParameterStore store, int capacity, int threads = 1, IReadOnlyCollection<string>? shared = null, IReadOnlyList<TaskHead>? heads = null, long memory = 0)
    {
        Model = model;
        Heads = heads ?? model.Heads;
        var gates = heads is null ? model.Gates.Select(g => g.Weights) : [];
        _plan = new InferencePlan(store, capacity, threads, [.. Heads.Select(h => h.Logits), .. gates], shared is null ? null : model.Share(shared), memory);
    }

    private Predictor(Predictor twin) => (Model, Heads, _plan) = (twin.Model, twin.Heads, twin._plan.Twin());

    /// <summary>The heads that it computes.</summary>
    public IReadOnlyList<TaskHead> Heads { get; }

    internal InferencePlan Plan => _plan;

    /// <summary>The network.</summary>
    public MultiTaskModel Model { get; }

    /// <summary>The most rows of a batch.</summary>
    public int Capacity => _plan.Capacity;

    /// <summary>Another predictor for the same batches, to be run at the same time; what is made of the weights they have together (<see cref="InferencePlan.Twin"/>).</summary>
    public Predictor Twin() => new(this);

    /// <summary>Computes the heads for the rows of a batch.</summary>
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

    /// <summary>Copies logits, or the weights of a gate, from the last run.</summary>
    public void Copy(Node node, Span<float> destination) => _plan.Copy(node, destination);

    /// <inheritdoc/>
    public void Dispose() => _plan.Dispose();
}
