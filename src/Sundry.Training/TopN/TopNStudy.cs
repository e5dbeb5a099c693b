using System.Diagnostics;
using Sundry.Data;

namespace Sundry.Training;

/// <summary>Fits recommenders on equal terms, several seeds each, and judges them on the same test.</summary>
/// <param name="train">What is known.</param>
/// <param name="test">What happened then; not used where there are <paramref name="candidates"/>.</param>
/// <param name="candidates">Test items with given candidates, to reproduce published figures; null judges over the whole catalogue.</param>
public sealed class TopNStudy(Interactions train, Interactions? test, IReadOnlyList<CandidateList>? candidates = null)
{
    /// <summary>Fits and judges one recommender.</summary>
    /// <param name="name">Its name, or <c>NAME:TYPE</c> where it learns from the events of one type alone; what is left out of the lists is the same for all.</param>
    /// <param name="settings">The settings of all.</param>
    /// <param name="options">Length and filters.</param>
    /// <param name="seeds">Seeds; the first is that of the request, and the others follow it.</param>
    /// <param name="request">Threads, progress and cancellation.</param>
    /// <param name="label">What it is called in the results; null: its name.</param>
    /// <exception cref="InputException">The recommender cannot be fitted on these interactions.</exception>
    public TopNContestant Run(string name, RecommenderOptions settings, TopNOptions options, int seeds, FitRequest request, string? label = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (kind, type) = Recommenders.Parse(name);
        var known = type is null ? train : train.OfType(type);
        var results = new List<TopNResult>();
        var seconds = 0.0;
        for (var seed = 0; seed < seeds; seed++)
        {
            var recommender = Recommenders.Create(kind, settings);
            using var owned = recommender as IDisposable;
            var watch = Stopwatch.StartNew();
            recommender.Fit(known, request with { Seed = request.Seed + (ulong)seed });
            seconds += watch.Elapsed.TotalSeconds;
            results.Add(candidates is null
                ? TopNEvaluation.Run(recommender, train, test ?? throw new ArgumentException("there is neither a test nor candidates"), options, request)
                : CandidateEvaluation.Run(recommender, train.ItemCount, candidates, options.Count, request));
        }

        return new(label ?? name, results, seconds / seeds);
    }
}
