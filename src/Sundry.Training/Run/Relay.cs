namespace Sundry.Training;

/// <summary>
/// Hands progress on at once, on the thread that reports it: <see cref="Progress{T}"/> posts to another, where reports may arrive late and out
/// of order.
/// </summary>
/// <param name="tell">Told of each report.</param>
public sealed class Relay<T>(Action<T> tell) : IProgress<T>
{
    /// <inheritdoc/>
    public void Report(T value) => tell(value);
}
