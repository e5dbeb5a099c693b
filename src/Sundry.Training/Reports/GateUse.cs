namespace Sundry.Training;

/// <summary>How one gate spreads its weight over experts, on validation rows.</summary>
/// <param name="Level">The level, from 1.</param>
/// <param name="Gate">Whose gate it is: a task's name, or <c>shared</c>.</param>
/// <param name="Experts">Names of the experts it mixes.</param>
/// <param name="Weights">[experts], the mean weight of each; they sum to one.</param>
/// <param name="Entropy">Mean over rows of the entropy of a row's weights, in nats: ln(experts) is no preference at all, 0 one expert a row.</param>
public sealed record GateUse(int Level, string Gate, IReadOnlyList<string> Experts, IReadOnlyList<double> Weights, double Entropy);
