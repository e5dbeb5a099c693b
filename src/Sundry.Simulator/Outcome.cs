namespace Sundry.Simulator;

/// <summary>What a customer did with one product: a purchase implies a cart, a cart implies a click.</summary>
/// <param name="Click">Opened the product.</param>
/// <param name="Cart">Put it into the cart.</param>
/// <param name="Purchase">Bought it.</param>
/// <param name="Rating">Stars 1 to 5, or 0 where none were given; only after a click.</param>
/// <param name="Dwell">Whole seconds on the product's page; 0 where there was no click.</param>
public readonly record struct Outcome(bool Click, bool Cart, bool Purchase, int Rating, int Dwell);
