namespace Sundry.Compute;

/// <summary>What is the same for all weights of one step.</summary>
/// <param name="Rate">The learning rate.</param>
/// <param name="Scale">What every gradient is multiplied by first (clipping).</param>
/// <param name="Correction1">Adam's 1 − β₁ᵗ.</param>
/// <param name="Correction2">Adam's 1 − β₂ᵗ.</param>
public readonly record struct OptimizerStep(float Rate, float Scale, float Correction1, float Correction2);
