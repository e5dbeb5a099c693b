namespace Sundry.Tests;

/// <summary>A number in double with its derivative in one direction: what rules of differentiation make of it is exact to the last digits, with no step to choose.</summary>
/// <param name="Value">The number.</param>
/// <param name="Slope">Its derivative.</param>
internal readonly record struct Dual(double Value, double Slope)
{
    public static implicit operator Dual(double value) => new(value, 0);

    public static Dual operator +(Dual a, Dual b) => new(a.Value + b.Value, a.Slope + b.Slope);

    public static Dual operator -(Dual a, Dual b) => new(a.Value - b.Value, a.Slope - b.Slope);

    public static Dual operator -(Dual a) => new(-a.Value, -a.Slope);

    public static Dual operator *(Dual a, Dual b) => new(a.Value * b.Value, a.Slope * b.Value + a.Value * b.Slope);

    public static Dual operator /(Dual a, Dual b) => new(a.Value / b.Value, (a.Slope - a.Value / b.Value * b.Slope) / b.Value);

    public static Dual Exp(Dual x) => x.Through(Math.Exp(x.Value), Math.Exp(x.Value));

    public static Dual Log(Dual x) => x.Through(Math.Log(x.Value), 1 / x.Value);

    public static Dual Sqrt(Dual x) => x.Through(Math.Sqrt(x.Value), 0.5 / Math.Sqrt(x.Value));

    public static Dual Tanh(Dual x) => x.Through(Math.Tanh(x.Value), 1 - Math.Tanh(x.Value) * Math.Tanh(x.Value));

    public static Dual Sigmoid(Dual x) => x.Through(Logistic(x.Value), Logistic(x.Value) * Logistic(-x.Value));

    public static Dual Softplus(Dual x) => x.Through(Math.Max(x.Value, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x.Value))), Logistic(x.Value));

    public static Dual Max(Dual x, Dual y) => x.Value > y.Value ? x : y;

    public static Dual Sum(IEnumerable<Dual> terms) => terms.Aggregate((Dual)0, static (sum, term) => sum + term);

    private Dual Through(double value, double slope) => new(value, slope * Slope);

    private static double Logistic(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));
}
