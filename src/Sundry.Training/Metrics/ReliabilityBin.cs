namespace Sundry.Training;

/// <summary>The rows of one bin of a reliability diagram.</summary>
/// <param name="Prediction">Their mean prediction.</param>
/// <param name="Observed">Their share of positives, or mean label.</param>
/// <param name="Rows">How many they are.</param>
/// <param name="Weight">Their weight; the number of rows where there are no weights.</param>
/// <param name="Low">Lower end of the 95 % interval of what was observed: Wilson's of a share, the normal one of a mean; NaN where it has none.</param>
/// <param name="High">Upper end of the interval.</param>
public readonly record struct ReliabilityBin(double Prediction, double Observed, long Rows, double Weight, double Low, double High);
