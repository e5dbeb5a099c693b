using Sundry.Compute;

namespace Sundry.Training;

/// <summary>
/// Looks at the tasks' gradients in some steps of a training and changes nothing of it. Where balancing has them collected anyway they are
/// read from there; else each task is walked back by itself in the steps that are looked at.
/// </summary>
internal sealed class GradientWatch : IDisposable
{
    /// <summary>
    /// Steps between two that are looked at, by task: a look costs about half a step a task, so that one in 32 T steps adds less than 2 % to
    /// an epoch, whatever the number of tasks.
    /// </summary>
    private const int EveryPerTask = 32;

    private readonly TaskGradients _gradients;
    private readonly bool _collects;
    private readonly int _every;
    private readonly GradientTally _tally;
    private readonly int[] _layers;
    private readonly double[,] _gram;
    private readonly double[,] _ofTensor;
    private readonly double[][,] _ofLayer;
    private readonly LookAhead? _ahead;
    private SampledSteps _sampled;
    private int _step;

    private GradientWatch(TaskGradients gradients, bool collects, int every, IReadOnlyList<string> tasks, LookAhead? ahead)
    {
        (_gradients, _collects, _every, _ahead) = (gradients, collects, every, ahead);
        string[] names = [.. Enumerable.Range(0, gradients.Tensors).Select(i => Layer(gradients, i)).Distinct()];
        _layers = [.. Enumerable.Range(0, gradients.Tensors).Select(i => Array.IndexOf(names, Layer(gradients, i)))];
        _tally = new GradientTally(tasks, names);
        _gram = new double[tasks.Count, tasks.Count];
        _ofTensor = new double[tasks.Count, tasks.Count];
        _ofLayer = [.. names.Select(_ => new double[tasks.Count, tasks.Count])];
    }

    /// <summary>A watch over a training; null where there is nothing to see: a single task, nothing shared, or not asked for.</summary>
    /// <param name="plan">The training's plan.</param>
    /// <param name="tasks">Names of its tasks.</param>
    /// <param name="collected">The gradients that balancing collects in every step; null where it does not look at them.</param>
    /// <param name="every">One step in so many is looked at; 0 for none, null for what costs little.</param>
    /// <param name="ahead">Looks at what a step for each task would do, in the same steps; null for not.</param>
    public static GradientWatch? Of(TrainingPlan plan, IReadOnlyList<string> tasks, TaskGradients? collected, int? every, LookAhead? ahead)
    {
        if (tasks.Count < 2 || every == 0) return null;
        var gradients = collected ?? plan.SeparateTasks(tasks.Count);
        if (gradients.Tensors > 0) return new(gradients, collected is null, every ?? (collected is null ? EveryPerTask * tasks.Count : 1), tasks, ahead);
        if (collected is null) gradients.Dispose();
        return null;
    }

    /// <summary>Begins an epoch.</summary>
    public void Begin(int steps)
    {
        _sampled = new SampledSteps(steps, _every);
        _step = 0;
        _tally.Clear();
    }

    /// <summary>Told of every step, between the forward walk (and the collecting of gradients, where balancing does that) and the backward one.</summary>
    /// <param name="losses">By task: the mean loss in the batch.</param>
    /// <param name="penalties">The weights of the losses that belong to no task.</param>
    public void Look(ReadOnlySpan<double> losses, ReadOnlySpan<double> penalties)
    {
        if (!_sampled.Has(_step++)) return;
        if (_collects) _gradients.Collect(penalties);
        Array.Clear(_gram);
        foreach (var layer in _ofLayer) Array.Clear(layer);
        for (var i = 0; i < _layers.Length; i++)
        {
            _gradients.Gram(i, _ofTensor);
            Add(_ofTensor, _ofLayer[_layers[i]]);
        }

        foreach (var layer in _ofLayer) Add(layer, _gram);
        _tally.Add(_gram);
        for (var l = 0; l < _ofLayer.Length; l++) _tally.Add(l, _ofLayer[l]);
        _ahead?.Look(_gradients, losses, _gram);
    }

    /// <summary>What was seen since <see cref="Begin"/>.</summary>
    public GradientRecord? Record() => _tally.Record();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_collects) _gradients.Dispose();
    }

    // a layer's weight, bias and norm bear its name and end in their own
    private static string Layer(TaskGradients gradients, int tensor)
    {
        if (gradients.IsTable(tensor)) return "embeddings";
        var name = gradients.TensorName(tensor);
        if (name.LastIndexOf('/') is > 0 and var end) name = name[..end];
        return name.EndsWith("/norm", StringComparison.Ordinal) ? name[..^"/norm".Length] : name;
    }

    private static void Add(double[,] from, double[,] to)
    {
        for (var t = 0; t < from.GetLength(0); t++)
            for (var s = 0; s < from.GetLength(1); s++)
                to[t, s] += from[t, s];
    }
}
