namespace Sundry.Data;

/// <summary>What a purchase of a negative quantity is.</summary>
public enum QuantityRule
{
    /// <summary>A return of as many.</summary>
    Return,

    /// <summary>A bad row, for which <see cref="DataOptions.OnBadRow"/> says what happens.</summary>
    Refuse,
}
