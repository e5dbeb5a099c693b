namespace Sundry.Data;

/// <summary>
/// Assigns the rows of the training files to parts. At random and by user it is a hash of the seed with the row's number or the user, so a row's part depends
/// on no other row; by time the newest rows are test rows, those before them validation rows, and rows of the same time stay together.
/// </summary>
internal sealed class RowSplit
{
    private const ulong RowSalt = 0x5b1a7e5eed;

    private readonly SplitRule _by;
    private readonly double _test;
    private readonly double _held;
    private readonly ulong _seed;
    private readonly Reservoir64 _times;
    private long _validationFrom = long.MaxValue;
    private long _testFrom = long.MaxValue;

    /// <summary>Creates it.</summary>
    /// <param name="by">By what rows are assigned.</param>
    /// <param name="test">The share of test rows among all.</param>
    /// <param name="validation">The share of validation rows among those that are not test rows.</param>
    /// <param name="seed">Another seed gives other parts.</param>
    public RowSplit(SplitRule by, double test, double validation, ulong seed)
    {
        _by = by;
        _test = test;
        _held = test + validation * (1 - test);
        _seed = seed;
        _times = new Reservoir64(seed);
    }

    /// <summary>Whether the rows' times are needed.</summary>
    public bool ByTime => _by == SplitRule.Time && _held > 0;

    /// <summary>Whether the rows' users are needed.</summary>
    public bool ByUser => _by == SplitRule.User && _held > 0;

    /// <summary>By time, once the times are known: the moment from which rows are no training rows; null where there is none.</summary>
    public long? ValidationFrom => ByTime && _validationFrom < long.MaxValue ? _validationFrom : null;

    /// <summary>By time, once the times are known: the moment from which rows are test rows; null where there is none.</summary>
    public long? TestFrom => ByTime && _testFrom < long.MaxValue ? _testFrom : null;

    /// <summary>The part of a row.</summary>
    /// <param name="row">Its number among all rows of the training files.</param>
    /// <param name="user">By user: the user; a missing one is a user of its own.</param>
    public Part Of(long row, ReadOnlySpan<byte> user)
    {
        if (_held == 0) return Part.Train;
        if (_by == SplitRule.Time) return Part.ByTime;
        ulong hash = _by == SplitRule.User && !user.IsEmpty ? ByteHash.Of(user, _seed) : ByteHash.Of(row, _seed ^ RowSalt);
        double place = ByteHash.Unit(hash);
        return place < _test ? Part.Test : place < _held ? Part.Validation : Part.Train;
    }

    /// <summary>By time: notes a row's time.</summary>
    public void See(long time) => _times.Add(time);

    /// <summary>By time: finds the times where parts begin.</summary>
    /// <exception cref="InputException">All rows have one time.</exception>
    public void FitTimes(string column)
    {
        var sorted = _times.Sorted();
        if (sorted.Length == 0) return;
        _validationFrom = Threshold(sorted, 1 - _held);
        _testFrom = Threshold(sorted, 1 - _test);
        if (_validationFrom == sorted[0])
        {
            // the first time has more rows than training gets: training takes all of them
            int next = 0;
            while (next < sorted.Length && sorted[next] == sorted[0]) next++;
            if (next == sorted.Length) throw new InputException($"all rows have the same time in the column '{column}', so they cannot be split by it; set data.split to random");
            _validationFrom = sorted[next];
            _testFrom = Math.Max(_testFrom, _validationFrom);
        }

        if (_test > 0 && _held > _test && _testFrom == _validationFrom) LeaveRoom(sorted);
    }

    /// <summary>By time: the part of a row with this time.</summary>
    public Part OfTime(long time) => time < _validationFrom ? Part.Train : time < _testFrom ? Part.Validation : Part.Test;

    // one time holds both borders: the next time begins the test rows, or the time before begins the validation rows
    private void LeaveRoom(ReadOnlySpan<long> sorted)
    {
        int next = sorted.BinarySearch(_testFrom);
        if (next < 0) return;
        while (next < sorted.Length && sorted[next] == _testFrom) next++;
        if (next < sorted.Length)
        {
            _testFrom = sorted[next];
            return;
        }

        int before = sorted.Length - 1;
        while (before >= 0 && sorted[before] == _testFrom) before--;
        if (before > 0 && sorted[before] > sorted[0]) _validationFrom = sorted[before];
    }

    private static long Threshold(ReadOnlySpan<long> sorted, double share)
    {
        int index = (int)Math.Ceiling(share * sorted.Length - 1e-9);
        return index >= sorted.Length ? long.MaxValue : sorted[index];
    }
}
