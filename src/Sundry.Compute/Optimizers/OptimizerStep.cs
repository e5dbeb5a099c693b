namespace Sundry.Compute;

/// <summary>What is the same for all weights of one step.</summary>
/// <param name="Rate">The learning rate.</param>
/// <param name="Scale">What every gradient is multiplied by first (clipping).</param>
/// <param name="Correction1">Adam's 1 − β₁ᵗ.</param>
/// <param name="Correction2">Adam's 1 − β₂ᵗ.</param>
public readonly record struct OptimizerStep(double Rate, double Scale, double Correction1, double Correction2);
