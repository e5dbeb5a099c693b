namespace Sundry.Serving;

/// <summary>One way to find items that may interest a user. Any number of threads may ask at once.</summary>
public interface ICandidateSource
{
    /// <summary>Its name, as answers give it as a reason.</summary>
    string Name { get; }

    /// <summary>Proposes items that are allowed, each once, best first.</summary>
    /// <param name="query">What for.</param>
    /// <param name="into">Takes them, as many as fit.</param>
    /// <returns>How many there are: 0 where the query has nothing for this source to start from.</returns>
    int Find(CandidateQuery query, Span<Candidate> into);
}
