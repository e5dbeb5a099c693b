namespace Sundry.Compute;

/// <summary>What an op does to its result at once.</summary>
/// <param name="Relu">max(·, 0).</param>
/// <param name="Keep">The share of values that dropout after relu keeps; 1 without dropout.</param>
internal readonly record struct Activated(bool Relu, float Keep)
{
    public static Activated Not { get; } = new(false, 1);

    public bool Drops => Keep < 1;
}
