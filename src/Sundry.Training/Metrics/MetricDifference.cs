namespace Sundry.Training;

/// <summary>A metric of one model beside a reference on the same rows.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Model">Its value; over several seeds, their mean.</param>
/// <param name="Reference">The reference's value; over several seeds, their mean.</param>
/// <param name="Difference">Model − reference, in the metric's own unit; NaN where either is undefined.</param>
/// <param name="Low">Lower end of the difference's 95 % interval.</param>
/// <param name="High">Upper end of the interval.</param>
/// <param name="Verdict">Whether zero is outside the interval, and on which side.</param>
public sealed record MetricDifference(string Metric, double Model, double Reference, double Difference, double Low, double High, Verdict Verdict);
