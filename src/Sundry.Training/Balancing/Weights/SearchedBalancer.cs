using Sundry.Data;

namespace Sundry.Training;

/// <summary>The weighted sum of the losses, by weights that <see cref="WeightSearch"/> found on validation.</summary>
[Balancer("searched", nameof(BalancingOptions.Trials), nameof(BalancingOptions.Weights))]
public sealed class SearchedBalancer : IWeightBalancer
{
    private readonly double[] _weights;

    /// <summary>Takes the weights; a task that is not named weighs 1.</summary>
    /// <exception cref="InputException">They have not been searched for yet.</exception>
    public SearchedBalancer(BalancingSetup setup)
    {
        if (setup.Options.Weights is not { } found) throw new InputException("'balancing: searched' has no weights yet; 'sundry train' and 'sundry compare' search for them, WeightSearch.Resolve does in a program");
        _weights = [.. setup.Tasks.Select(t => found.GetValueOrDefault(t.Name, 1))];
    }

    /// <inheritdoc/>
    public void Weigh(in BalancingStep step, Span<double> weights) => _weights.CopyTo(weights);
}
