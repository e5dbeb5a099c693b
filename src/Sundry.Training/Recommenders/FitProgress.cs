namespace Sundry.Training;

/// <summary>How far reading, fitting or judging has come.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="Done">Units done.</param>
/// <param name="Total">Units in all; 0 where that is not known.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="Share">The share that is done, 0..1.</param>
/// <param name="Loss">The loss so far; NaN where there is none.</param>
public readonly record struct FitProgress(string Stage, long Done, long Total, string Unit, double Share, double Loss = double.NaN);
