namespace Sundry.Training;

/// <summary>Where a training stood at the end of an epoch; with the weights and moments, all that going on needs.</summary>
/// <param name="Fingerprint">Of the configuration and the encoded data, threads aside: only the same training can be resumed.</param>
/// <param name="Steps">Steps taken.</param>
/// <param name="History">The epochs that are done.</param>
/// <param name="Balancing">What the balancer remembers.</param>
internal sealed record TrainingState(string Fingerprint, long Steps, List<EpochRecord> History, double[]? Balancing = null);
