using System.Numerics;

namespace Sundry.Serving;

/// <summary>
/// Merges sources into one list of candidates without repeats. Each source first gets its quota, in the order of the sources: its best that no source before it
/// took. Room that is left goes round: to each source's next best, one after the other. Every candidate remembers all sources that proposed it.
/// </summary>
public sealed class Blend
{
    private readonly (ICandidateSource Source, int Quota)[] _sources;

    /// <summary>Creates it.</summary>
    /// <param name="sources">At most 32 sources, each with the number of candidates that it is sure of.</param>
    public Blend(params ReadOnlySpan<(ICandidateSource Source, int Quota)> sources)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sources.Length, 32);
        foreach (var (_, quota) in sources) ArgumentOutOfRangeException.ThrowIfNegative(quota);
        _sources = sources.ToArray();
    }

    /// <summary>The names of the sources in a set of bits, as <see cref="BlendedCandidate.Sources"/> has them.</summary>
    public IEnumerable<string> Names(uint sources)
    {
        for (; sources != 0; sources &= sources - 1) yield return _sources[BitOperations.TrailingZeroCount(sources)].Source.Name;
    }

    /// <summary>Collects candidates.</summary>
    /// <param name="query">What for.</param>
    /// <param name="most">How many at most; quotas beyond it are cut off, the last source's first.</param>
    public IReadOnlyList<BlendedCandidate> Collect(CandidateQuery query, int most)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        var lists = new Candidate[_sources.Length][];
        var sources = new Dictionary<int, uint>();
        for (var s = 0; s < lists.Length; s++)
        {
            var list = new Candidate[most];
            lists[s] = list[.._sources[s].Source.Find(query, list)];
            foreach (var (item, _) in lists[s]) sources[item] = sources.GetValueOrDefault(item) | (1u << s);
        }

        var blended = new List<BlendedCandidate>(most);
        var taken = new HashSet<int>();
        var next = new int[lists.Length];
        bool Take(int s)
        {
            while (blended.Count < most && next[s] < lists[s].Length)
            {
                var (item, score) = lists[s][next[s]++];
                if (!taken.Add(item)) continue;
                blended.Add(new BlendedCandidate(item, sources[item], score));
                return true;
            }

            return false;
        }

        for (var s = 0; s < lists.Length; s++)
            for (var i = 0; i < _sources[s].Quota && Take(s); i++)
            {
            }

        for (var any = true; any;)
        {
            any = false;
            for (var s = 0; s < lists.Length; s++) any |= Take(s);
        }

        return blended;
    }
}
