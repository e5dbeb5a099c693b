namespace Sundry.Training;

/// <summary>
/// How good a trial is. Trials that break no constraint come before those that do; among the former the greater value is better, among the
/// latter the smaller breach (the rules of Deb, Computer Methods in Applied Mechanics and Engineering, 2000).
/// </summary>
/// <param name="Value">The objective; greater is better, NaN is worst.</param>
/// <param name="Regret">By how much tasks lose against their single-task models, relative, over those that lose; 0 for none.</param>
public readonly record struct TrialScore(double Value, double Regret = 0) : IComparable<TrialScore>
{
    /// <summary>The score of a trial that came to nothing.</summary>
    public static TrialScore None { get; } = new(double.NaN, double.PositiveInfinity);

    /// <summary>Above 0 where this one is better.</summary>
    public int CompareTo(TrialScore other)
    {
        if (double.IsNaN(Value) || double.IsNaN(other.Value)) return double.IsNaN(other.Value).CompareTo(double.IsNaN(Value));
        var breach = other.Regret.CompareTo(Regret);
        return breach != 0 ? breach : Value.CompareTo(other.Value);
    }

    /// <summary>Whether the left one is worse.</summary>
    public static bool operator <(TrialScore left, TrialScore right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left one is better.</summary>
    public static bool operator >(TrialScore left, TrialScore right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left one is not better.</summary>
    public static bool operator <=(TrialScore left, TrialScore right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left one is not worse.</summary>
    public static bool operator >=(TrialScore left, TrialScore right) => left.CompareTo(right) >= 0;
}
