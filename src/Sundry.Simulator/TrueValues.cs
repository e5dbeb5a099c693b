namespace Sundry.Simulator;

/// <summary>What an outcome was drawn from. No model can predict better than these.</summary>
/// <param name="Click">P(click).</param>
/// <param name="Cart">P(click and cart), over all impressions.</param>
/// <param name="Purchase">P(click and cart and purchase), over all impressions.</param>
/// <param name="Rating">Expected stars, if stars were given.</param>
/// <param name="Dwell">Expected seconds, if there was a click.</param>
/// <param name="Examination">P(the place on the page is looked at): the part of <paramref name="Click"/> that is position bias.</param>
public readonly record struct TrueValues(double Click, double Cart, double Purchase, double Rating, double Dwell, double Examination);
