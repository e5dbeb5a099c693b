namespace Sundry.Training;

/// <summary>How a gate divides its trust among experts, on average over rows.</summary>
/// <param name="Gate">Whose gate it is.</param>
/// <param name="Experts">The experts' names.</param>
/// <param name="Weights">Mean weight of each expert, adding up to 1.</param>
/// <param name="Entropy">Mean entropy of the gate over rows, divided by the logarithm of the number of experts: 1 trusts all alike, 0 a single one.</param>
public sealed record GateUse(string Gate, IReadOnlyList<string> Experts, IReadOnlyList<double> Weights, double Entropy);
