using Sundry.Data;

namespace Sundry.Training;

/// <summary>
/// A gradient balancer that needs no more than the Gram matrix: the step is Σ w_t g_t with w computed from inner products. Tasks whose gradient
/// is 0, such as those without a row in the batch, are left out of what is solved and have weight 0.
/// </summary>
/// <param name="setup">The tasks.</param>
public abstract class GramBalancer(BalancingSetup setup) : IGradientBalancer
{
    private readonly double[,] _gram = new double[setup.Tasks.Count, setup.Tasks.Count];
    private readonly double[] _own = [.. setup.Weights];

    /// <inheritdoc/>
    public virtual double[] State
    {
        get => [];
        set { }
    }

    /// <summary>Whether a task's weight multiplies its loss before gradients are compared; where not, it can only be a preference.</summary>
    protected virtual bool WeighsLosses => true;

    /// <inheritdoc/>
    public virtual void Balance(in BalancingStep step, ITaskGradients gradients, Span<double> weights)
    {
        Read(gradients, _gram);
        RefuseNoNumbers(_gram, setup.Tasks, step);
        weights.Clear();
        var problem = Reduce(step, out var active);
        if (active.Length > 0)
        {
            var solved = Solve(problem);
            for (var i = 0; i < active.Length; i++) weights[active[i]] = solved[i] * (WeighsLosses ? setup.Weights[active[i]] : 1);
        }

        Own(step, _own);
        gradients.Combine(weights, _own);
    }

    /// <summary>The weights of the problem's tasks.</summary>
    protected abstract double[] Solve(GramProblem problem);

    /// <summary>Reads the Gram matrix that is to be solved.</summary>
    protected virtual void Read(ITaskGradients gradients, double[,] gram) => gradients.Gram(gram);

    /// <summary>What is multiplied with the gradients of each task's own parameters; the tasks' weights unless overridden.</summary>
    protected virtual void Own(in BalancingStep step, Span<double> own)
    {
    }

    /// <summary>Refuses a gradient that is not a number, by the name of its task.</summary>
    internal static void RefuseNoNumbers(double[,] gram, IReadOnlyList<TaskSchema> tasks, in BalancingStep step)
    {
        for (var t = 0; t < tasks.Count; t++)
            if (!double.IsFinite(gram[t, t]))
                throw new InputException($"the gradient of task '{tasks[t].Name}' is no longer a number in step {step.Step + 1} (epoch {step.Epoch}); lower 'training.learning_rate'");
    }

    private GramProblem Reduce(in BalancingStep step, out int[] active)
    {
        var kept = new List<int>();
        for (var t = 0; t < setup.Tasks.Count; t++)
            if (_gram[t, t] > 0 && (!WeighsLosses || setup.Weights[t] > 0))
                kept.Add(t);
        var n = kept.Count;
        var gram = new double[n, n];
        var (losses, preference) = (new double[n], new double[n]);
        var total = kept.Sum(t => setup.Weights[t]);
        for (var i = 0; i < n; i++)
        {
            losses[i] = step.Losses[kept[i]];
            preference[i] = total > 0 ? setup.Weights[kept[i]] / total : 1.0 / n;
            for (var j = 0; j < n; j++) gram[i, j] = _gram[kept[i], kept[j]] * (WeighsLosses ? setup.Weights[kept[i]] * setup.Weights[kept[j]] : 1);
        }

        active = [.. kept];
        return new GramProblem(gram, losses, preference, step.Step);
    }
}
