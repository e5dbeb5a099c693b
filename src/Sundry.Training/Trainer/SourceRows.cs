using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Training;

/// <summary>
/// The rows of several sources, drawn as <see cref="SourceDrawOptions"/> says. Where a source is drawn more or less often than its rows once, it goes on in the next epoch
/// where it stopped in this one, so that all of its rows come equally often.
/// </summary>
internal sealed class SourceRows : IRowDraw
{
    private readonly IReadOnlyList<SourceRange> _sources;
    private readonly SourceDraw _draw;
    private readonly int _batchRows;
    private readonly int[] _steps;
    private readonly int[] _shuffle;
    private readonly int[] _order;
    private readonly List<(int First, int Count)> _batches = [];

    /// <summary>Prepares it.</summary>
    /// <param name="sources">Where the rows of each source lie, each with a row at least.</param>
    /// <param name="options">How they are drawn.</param>
    /// <param name="batchRows">Rows a batch.</param>
    public SourceRows(IReadOnlyList<SourceRange> sources, SourceDrawOptions options, int batchRows)
    {
        _sources = sources;
        _draw = options.Draw;
        _batchRows = batchRows;
        var largest = sources.Max(s => s.Count);
        var exponent = options.Draw == SourceDraw.Temperature ? 1 / (options.Temperature ?? SourceDrawOptions.DefaultTemperature) : options.Draw == SourceDraw.InTurn ? 0 : 1;
        _steps = [.. sources.Select(s => exponent == 1 ? Whole(s.Count) : Math.Max(1, (int)Math.Round(Whole(largest) * Math.Pow((double)s.Count / largest, exponent))))];
        _shuffle = new int[largest];
        _order = new int[Enumerable.Range(1, _draw == SourceDraw.Alternate ? sources.Count : 1).Max(Rows)];
    }

    /// <inheritdoc/>
    public int Steps(int epoch) => _draw switch
    {
        SourceDraw.Mixed => Whole(_sources.Sum(s => s.Count)),
        SourceDraw.Alternate => _steps[(epoch - 1) % _sources.Count],
        _ => _steps.Sum(),
    };

    /// <inheritdoc/>
    public long Rows(int epoch) => _draw switch
    {
        SourceDraw.Mixed or SourceDraw.Proportional => _sources.Sum(s => (long)s.Count),
        SourceDraw.Alternate => _sources[(epoch - 1) % _sources.Count].Count,
        _ => Enumerable.Range(0, _sources.Count).Sum(s => (long)_steps[s] * Least(s)),
    };

    /// <inheritdoc/>
    public ReadOnlySpan<int> Batch(int step) => _order.AsSpan(_batches[step].First, _batches[step].Count);

    /// <inheritdoc/>
    public void Draw(ulong seed, int epoch)
    {
        _batches.Clear();
        switch (_draw)
        {
            case SourceDraw.Mixed:
                Mix(seed, epoch);
                break;
            case SourceDraw.Alternate:
                Whole((epoch - 1) % _sources.Count, seed, (epoch - 1) / _sources.Count, 0);
                break;
            case SourceDraw.Proportional:
                var first = 0;
                for (var s = 0; s < _sources.Count; s++) first = Whole(s, seed, epoch - 1, first);
                Turn(CounterRandom.Derive(CounterRandom.Derive(seed, "source order"), (ulong)epoch));
                break;
            default:
                Continue(seed, epoch);
                break;
        }
    }

    private int Whole(int rows) => (rows + _batchRows - 1) / _batchRows;

    // a batch of a source that is smaller than a batch
    private int Least(int source) => Math.Min(_batchRows, _sources[source].Count);

    // every row of a source once, in an order of the pass's own
    private int Whole(int source, ulong seed, int pass, int first)
    {
        Shuffle(source, seed, pass);
        var count = _sources[source].Count;
        _shuffle.AsSpan(0, count).CopyTo(_order.AsSpan(first));
        for (var at = 0; at < count; at += _batchRows) _batches.Add((first + at, Math.Min(_batchRows, count - at)));
        return first + count;
    }

    // the row that lies deepest in its source's share comes last, so that any stretch holds all sources in proportion
    private void Mix(ulong seed, int epoch)
    {
        var depths = new double[_order.Length];
        var at = 0;
        for (var s = 0; s < _sources.Count; s++)
        {
            var count = _sources[s].Count;
            Shuffle(s, seed, epoch - 1);
            _shuffle.AsSpan(0, count).CopyTo(_order.AsSpan(at));
            for (var i = 0; i < count; i++) depths[at + i] = (i + 0.5) / count + s * 1e-12;
            at += count;
        }

        Array.Sort(depths, _order);
        for (at = 0; at < _order.Length; at += _batchRows) _batches.Add((at, Math.Min(_batchRows, _order.Length - at)));
    }

    // each source goes on where it was
    private void Continue(ulong seed, int epoch)
    {
        var first = 0;
        for (var s = 0; s < _sources.Count; s++)
        {
            var (rows, count) = (Least(s), _sources[s].Count);
            var drawn = (long)_steps[s] * rows;
            var from = (epoch - 1) * drawn;
            var pass = -1L;
            for (var i = 0L; i < drawn; i++)
            {
                if ((from + i) / count != pass) Shuffle(s, seed, (int)(pass = (from + i) / count));
                _order[first + i] = _shuffle[(from + i) % count];
            }

            for (var b = 0; b < _steps[s]; b++) _batches.Add((first + b * rows, rows));
            first += (int)drawn;
        }

        Turn(CounterRandom.Derive(CounterRandom.Derive(seed, "source order"), (ulong)epoch));
    }

    // the order of the batches: round after round in turn, by chance otherwise
    private void Turn(ulong key)
    {
        if (_draw == SourceDraw.InTurn)
        {
            (int First, int Count)[] all = [.. _batches];
            for (var i = 0; i < all.Length; i++) _batches[i] = all[i % _sources.Count * _steps[0] + i / _sources.Count];
            return;
        }

        for (var i = _batches.Count - 1; i > 0; i--)
        {
            var j = (int)(CounterRandom.Bits(key, (ulong)i) % (ulong)(i + 1));
            (_batches[i], _batches[j]) = (_batches[j], _batches[i]);
        }
    }

    // a source's rows in the order of one pass over them
    private void Shuffle(int source, ulong seed, int pass)
    {
        var range = _sources[source];
        var order = _shuffle.AsSpan(0, range.Count);
        RowOrder.Shuffle(order, CounterRandom.Derive(seed, range.Source), pass);
        foreach (ref var row in order) row += range.First;
    }
}
