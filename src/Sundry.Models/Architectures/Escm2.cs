using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>
/// Entire-space counterfactual multi-task model: as <see cref="Esmm"/>, and each conditional tower learns from its own rows too, weighted by how unlikely it was
/// that they came to be seen, so that it is right for all rows rather than for the clicked ones. Wang et al., SIGIR 2022.
/// </summary>
[Architecture("escm2")]
public sealed class Escm2 : Esmm
{
    /// <inheritdoc/>
    public override string? Refuse(IReadOnlyList<TaskSchema> tasks, ModelOptions options) => tasks.Select(t => t.Source).Distinct(StringComparer.Ordinal).Count() > 1
        ? "'escm2' learns over all rows of a batch how likely they came to be seen, and rows of another source could not be; remove the tasks of other sources, or choose esmm"
        : RefuseChain(tasks, "escm2");

    /// <inheritdoc/>
    protected override void Correct(Builder net, TaskSchema task, TaskSchema before, Node given, Node chance, Node shared)
    {
        var options = net.Options.Counterfactual;
        var y = net.Label(task);
        var e = given.Softplus().Add(y.Multiply(given).Scale(-1));                                   // cross-entropy of the conditional [B, 1]
        var seen = net.Label(before).Multiply(net.Known(task));                                      // o
        // the propensity is a measure here, not something to make smaller
        var inverse = chance.StopGradient().Sigmoid().Reciprocal(options.Floor).Multiply(seen);      // o / p
        if (options.Estimator == CounterfactualEstimator.Ips)
        {
            net.Penalty($"ips/{task.Name}", (options.Normalized ? inverse.PerMean(net.RowShare) : inverse).Multiply(e), options.Weight);
            return;
        }

        var imputed = net.Mlp($"imputation/{task.Name}", shared, net.Options.Tower).Linear($"imputation/{task.Name}/error", 1).Softplus();      // ê
        var off = e.Add(imputed.Scale(-1));
        var miss = e.StopGradient().Add(imputed.Scale(-1));
        net.Penalty($"dr/{task.Name}", imputed.Add(inverse.Multiply(off)), options.Weight);
        net.Penalty($"dr/{task.Name}/imputation", inverse.Multiply(miss.Multiply(miss)), options.Weight);
    }
}
