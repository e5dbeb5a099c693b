namespace Sundry.Training;

/// <summary>
/// Which trial goes on: asynchronous successive halving. Whenever the best n/η of the n trials on a rung hold one that has not gone on, it
/// does, the highest rung first; otherwise a new trial begins at the bottom. Li et al., MLSys 2020, algorithm 2, for one worker.
/// </summary>
public sealed class SuccessiveHalving
{
    private readonly int _reduction;
    private readonly List<(int Trial, TrialScore Score)>[] _rungs;
    private readonly HashSet<int>[] _promoted;

    /// <summary>Begins.</summary>
    /// <param name="epochs">Epochs of the last rung.</param>
    /// <param name="reduction">η: one of so many goes on, to so many times the epochs.</param>
    public SuccessiveHalving(int epochs, int reduction)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(reduction, 2);
        _reduction = reduction;
        var rungs = new List<int>();
        for (var e = epochs; e >= 1; e /= reduction) rungs.Insert(0, e);
        Epochs = rungs;
        _rungs = [.. rungs.Select(_ => new List<(int, TrialScore)>())];
        _promoted = [.. rungs.Select(_ => new HashSet<int>())];
    }

    /// <summary>Epochs of each rung, in all: ⌊R/ηᵏ⌋ for a last rung of R.</summary>
    public IReadOnlyList<int> Epochs { get; }

    /// <summary>The trials that have reached the last rung, the best first.</summary>
    public IReadOnlyList<int> Finished => [.. Best(_rungs[^1]).Select(t => t.Trial)];

    /// <summary>Takes in what a trial came to on a rung.</summary>
    public void Report(int trial, int rung, TrialScore score) => _rungs[rung].Add((trial, score));

    /// <summary>The trial that goes on now, and the rung it goes to; null where a new one is to begin.</summary>
    public (int Trial, int Rung)? Promote()
    {
        for (var rung = _rungs.Length - 2; rung >= 0; rung--)
            if (Promote(rung, _rungs[rung].Count / _reduction) is { } next)
                return next;
        return null;
    }

    /// <summary>Where there is nothing new to begin and too few trials for the last rung: the best of the highest rung goes on all the same; null once so many have come to the end of the last, or none is left.</summary>
    public (int Trial, int Rung)? PromoteBest(int wanted = 1)
    {
        if (Finished.Count >= wanted) return null;
        for (var rung = _rungs.Length - 2; rung >= 0; rung--)
            if (Promote(rung, int.MaxValue) is { } next)
                return next;
        return null;
    }

    private (int Trial, int Rung)? Promote(int rung, int places)
    {
        foreach (var (trial, _) in Best(_rungs[rung]).Take(places))
            if (_promoted[rung].Add(trial))
                return (trial, rung + 1);
        return null;
    }

    // a trial that came to nothing never goes on; of equals the earlier one does
    private static IEnumerable<(int Trial, TrialScore Score)> Best(List<(int Trial, TrialScore Score)> rung) =>
        rung.Where(t => !double.IsNaN(t.Score.Value)).OrderByDescending(t => t.Score).ThenBy(t => t.Trial);
}
