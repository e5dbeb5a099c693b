namespace Sundry.Training;

/// <summary>
/// Says how well items suit users, from interactions. Scores order the items of one user; they have no unit and do not compare between users or recommenders.
/// After <see cref="Fit"/> or <see cref="Restore"/> it may be asked from several threads.
/// </summary>
public interface IRecommender
{
    /// <summary>Learns from interactions.</summary>
    /// <param name="train">What is known.</param>
    /// <param name="request">Seed, threads, progress and cancellation.</param>
    /// <exception cref="Sundry.Data.InputException">The interactions lack what it needs, or are too many for it.</exception>
    void Fit(Interactions train, FitRequest request);

    /// <summary>Scores all items for some users.</summary>
    /// <param name="users">[m] numbers of users; one that is not known is scored as one without interactions.</param>
    /// <param name="scores">[m, items].</param>
    void Score(ReadOnlySpan<int> users, Span<float> scores);

    /// <summary>The items that are most like one, the most similar first, ties by number; fewer where there are fewer.</summary>
    /// <param name="item">The item.</param>
    /// <param name="count">At most so many.</param>
    IReadOnlyList<ScoredItem> Similar(int item, int count);

    /// <summary>Hands what was learned over to a file.</summary>
    void Keep(RecommenderState state);

    /// <summary>Takes up what <see cref="Keep"/> handed over.</summary>
    /// <param name="state">The state.</param>
    /// <param name="train">The interactions that it was fitted on.</param>
    /// <exception cref="Sundry.Data.InputException">The state is of something else.</exception>
    void Restore(RecommenderState state, Interactions train);
}
