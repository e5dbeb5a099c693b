using System.Collections.Concurrent;
using System.Numerics;

namespace Sundry.Serving;

/// <summary>
/// Merges sources into one list of candidates without repeats. Each source first gets its quota, in the order of the sources: its best that no source before it
/// took. Room that is left goes round: to each source's next best, one after the other. Every candidate remembers all sources that proposed it.
/// </summary>
public sealed class Blend
{
    private readonly (ICandidateSource Source, int Quota)[] _sources;
    private readonly ConcurrentBag<Room> _free = [];

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
        var into = new BlendedCandidate[most];
        return into[..Collect(query, into)];
    }

    /// <summary>Collects as many candidates as fit, and gives how many there are; once it is warm it allocates nothing.</summary>
    internal int Collect(CandidateQuery query, Span<BlendedCandidate> into)
    {
        var room = _free.TryTake(out var free) ? free : new Room(_sources.Length);
        var count = room.Collect(_sources, query, into);
        _free.Add(room);
        return count;
    }

    /// <summary>What sources propose for one query.</summary>
    private sealed class Room(int sources)
    {
        private readonly ItemTable _table = new();
        private readonly int[] _next = new int[sources];
        private readonly int[] _ends = new int[sources];
        private Candidate[] _found = [];
        private int[] _places = [];
        // by place: the sources that proposed the item, and whether it is among the candidates
        private uint[] _proposed = [];
        private bool[] _taken = [];

        public int Collect((ICandidateSource Source, int Quota)[] sources, CandidateQuery query, Span<BlendedCandidate> into)
        {
            Propose(sources, query, into.Length);
            var count = 0;
            for (var s = 0; s < sources.Length; s++)
                for (var i = 0; i < sources[s].Quota && Take(s, into, ref count); i++)
                {
                }

            for (var any = true; any;)
            {
                any = false;
                for (var s = 0; s < sources.Length; s++) any |= Take(s, into, ref count);
            }

            return count;
        }

        private void Propose((ICandidateSource Source, int Quota)[] sources, CandidateQuery query, int most)
        {
            if (_found.Length < sources.Length * most)
            {
                (_found, _places) = (new Candidate[sources.Length * most], new int[sources.Length * most]);
                (_proposed, _taken) = (new uint[sources.Length * most], new bool[sources.Length * most]);
            }

            _table.Clear();
            for (var s = 0; s < sources.Length; s++)
            {
                _next[s] = s * most;
                _ends[s] = s * most + sources[s].Source.Find(query, _found.AsSpan(s * most, most));
                for (var i = _next[s]; i < _ends[s]; i++)
                {
                    var known = _table.Count;
                    var place = _places[i] = _table.Take(_found[i].Item);
                    if (place == known) (_proposed[place], _taken[place]) = (0, false);
                    _proposed[place] |= 1u << s;
                }
            }
        }

        private bool Take(int source, Span<BlendedCandidate> into, ref int count)
        {
            while (count < into.Length && _next[source] < _ends[source])
            {
                var at = _next[source]++;
                var place = _places[at];
                if (_taken[place]) continue;
                _taken[place] = true;
                into[count++] = new BlendedCandidate(_found[at].Item, _proposed[place], _found[at].Score);
                return true;
            }

            return false;
        }
    }
}
