namespace Sundry.Simulator;

/// <summary>The constants of the three steps of the funnel, which set the shop's average rates.</summary>
internal readonly record struct Intercepts(double Click, double Cart, double Purchase);
