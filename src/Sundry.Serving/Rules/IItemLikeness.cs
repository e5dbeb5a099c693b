namespace Sundry.Serving;

/// <summary>How alike the items of a list are, by their places in it: from 0, nothing in common, to 1, the same. For one thread.</summary>
public interface IItemLikeness : IDisposable
{
    /// <summary>How alike the items at two places are.</summary>
    double this[int one, int other] { get; }

    /// <summary>Raises what is known of the items at some places to how alike they are to another, where that is more.</summary>
    /// <param name="places">The places.</param>
    /// <param name="other">The other's place.</param>
    /// <param name="nearest">[items] by place.</param>
    void Raise(ReadOnlySpan<int> places, int other, Span<double> nearest);
}
