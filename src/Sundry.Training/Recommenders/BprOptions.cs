namespace Sundry.Training;

/// <summary>How <see cref="BprRecommender"/> descends: by steps of 0.05, with a shrinkage of 0.01, from factors of deviation 0.01, unless they are set.</summary>
public sealed record BprOptions() : DescentOptions(learningRate: 0.05, regularization: 0.01, deviation: 0.01);
