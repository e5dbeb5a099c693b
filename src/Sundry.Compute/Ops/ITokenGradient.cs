namespace Sundry.Compute;

/// <summary>What makes the gradient of a layer's tokens as they are wanted, so that it lies in the cache and is never there as a whole.</summary>
internal unsafe interface ITokenGradient
{
    /// <summary>Fills <paramref name="dy"/>, [count, width], for the shard's tokens from <paramref name="first"/> on, and <paramref name="sums"/> with its column sums.</summary>
    void Fill(Frame frame, float* dy, float* sums, int first, int count);
}
