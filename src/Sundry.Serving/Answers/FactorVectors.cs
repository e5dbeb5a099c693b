using Sundry.Data;
using Sundry.Training;

namespace Sundry.Serving;

/// <summary>Vectors of items and users from a recommender of factors that was kept in a file.</summary>
internal sealed class FactorVectors(FactorModel model, Names users, Names items) : IKnownVectors
{
    /// <inheritdoc/>
    public int Width => model.Width;

    /// <summary>Reads a kept recommender.</summary>
    /// <exception cref="InputException">It cannot be read, or has no vectors.</exception>
    public static FactorVectors Load(string path)
    {
        var (name, recommender, train) = RecommenderFile.Load(path);
        if (recommender is FactorModel factors) return new FactorVectors(factors, train.Users, train.Items);
        (recommender as IDisposable)?.Dispose();
        throw new InputException($"'{name}' has no vectors of items; give a recommender of factors, such as two_tower, als, bpr or lightgcn", path);
    }

    /// <inheritdoc/>
    public bool TryItem(ReadOnlySpan<byte> item, Span<float> into)
    {
        if (items.Find(item) is not (>= 0 and var number)) return false;
        model.VectorOfItem(number).CopyTo(into);
        return true;
    }

    /// <inheritdoc/>
    public bool TryUser(string user, Span<float> into)
    {
        if (users.Find(user) is not (>= 0 and var number)) return false;
        model.VectorOfUser(number).CopyTo(into);
        return true;
    }
}
