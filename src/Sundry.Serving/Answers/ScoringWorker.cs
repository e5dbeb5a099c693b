using System.Diagnostics;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Serving;

/// <summary>
/// What one answer is scored with at a time: an encoder over a shop's memory, and the model's plan, in which what candidates have in common (user, visit, place, time) is computed once. Where
/// a processor is idle, it takes half of the candidates. Not for use by several threads at once.
/// </summary>
internal sealed class ScoringWorker : IThreadPoolWorkItem, IDisposable
{
    private const int RowsPerRun = ModelSnapshot.RowsPerRun;
    /// <summary>Candidates that are worth waking another thread for.</summary>
    private const int LeastHalf = 40;

    private readonly ModelSnapshot _model;
    private readonly EventLog _known;
    private readonly SampleEncoder _encoder;
    private readonly Predictor _predictor;
    private readonly List<Batch> _batches = [];
    private readonly List<int> _starts = [];
    private readonly int[] _context;
    private readonly float[][] _outputs;
    private readonly ManualResetEventSlim _alone = new();
    private Predictor? _helper;
    private Exception? _failure;
    private ScoringPace? _pace;
    private int _rowsPerRun = RowsPerRun;
    private int _used;
    private int _next;
    // the thread that scores, and another that has come to help; nobody can come while it is 0
    private int _present;
    private int _helping;

    /// <summary>Binds a model to a shop's memory.</summary>
    /// <exception cref="InputException">The shop lacks a column that the model reads.</exception>
    public ScoringWorker(ModelSnapshot model, ShopMemory memory)
    {
        var state = memory.State ?? throw new InvalidOperationException("The memory keeps no state of a model.");
        (_model, _known) = (model, memory.Known);
        _encoder = new SampleEncoder(model.Bundle.Encoder, memory.Known, state);
        _predictor = model.NewPredictor(_encoder.SharedColumns);
        _batches.Add(new Batch(model.Bundle.Encoder.Layout, RowsPerRun));
        _outputs = [.. model.Heads.Select(_ => Array.Empty<float>())];
        _context = new int[memory.Known.Context.Count];
    }

    /// <summary>[rows × outputs] of a head, after <see cref="Score"/>.</summary>
    public ReadOnlySpan<float> Outputs(int head, int rows) => _outputs[head].AsSpan(0, rows * _model.Heads[head].Outputs);

    /// <summary>Begins a request.</summary>
    /// <param name="shown">Who is shown items, where and when; its numbers of visit and place are filled in.</param>
    /// <param name="user">The user's id, or null.</param>
    /// <param name="session">The visit's id, or null.</param>
    /// <param name="scenario">The place's name.</param>
    /// <param name="query">What was searched for, or null.</param>
    /// <param name="context">What is known of the request.</param>
    public void Begin(ref ShopEvent shown, string? user, string? session, string scenario, string? query, IReadOnlyDictionary<string, string> context)
    {
        for (var b = 0; b < _used; b++) _batches[b].Count = 0;
        _used = 0;
        (_rowsPerRun, _pace) = (RowsPerRun, null);
        _encoder.ForgetStrangers();
        if (shown.User < 0 && user is not null) shown.User = _encoder.Stranger(user);
        shown.Session = session is null ? -1 : _encoder.Stranger(session);
        shown.Scenario = _encoder.Stranger(scenario);
        shown.Text = query is null ? -1 : _encoder.Stranger(query);
        for (var c = 0; c < _context.Length; c++)
        {
            var column = _known.Context[c];
            _context[c] = context.TryGetValue(column.Name, out var value) && value.Length > 0 ? column.Values.Find(value) is >= 0 and var known ? known : _encoder.Stranger(value) : -1;
        }
    }

    /// <summary>Says, after <see cref="Begin"/>, how many candidates there will be, and that another thread may score half of them.</summary>
    /// <param name="candidates">How many.</param>
    /// <param name="pace">Knows whether that is of use, and learns it; null: it is.</param>
    public void Divide(int candidates, ScoringPace? pace)
    {
        if (candidates < 2 * LeastHalf) return;
        _pace = pace;
        if (pace?.Divides() != false) _rowsPerRun = Math.Min(RowsPerRun, (candidates + 1) / 2);
    }

    /// <summary>Encodes a candidate as of now; the shop must stand still.</summary>
    /// <param name="shown">Who is shown it, with the item and its price.</param>
    public void Add(in ShopEvent shown)
    {
        if (_used == 0 || _batches[_used - 1].Count >= _rowsPerRun)
        {
            if (_used == _batches.Count) _batches.Add(new Batch(_model.Bundle.Encoder.Layout, RowsPerRun));
            _batches[_used++].Count = 0;
        }

        _encoder.Append(_batches[_used - 1], shown, _context, sharing: true);
    }

    /// <summary>Number of an item that the shop does not have.</summary>
    public int Stranger(string item) => _encoder.Stranger(item);

    /// <summary>Computes the outputs of what was added, as long as there is time before each run but the first.</summary>
    /// <returns>How many candidates have outputs: the first ones.</returns>
    public int Score(Func<bool> isLate)
    {
        var rows = 0;
        _starts.Clear();
        for (var b = 0; b < _used; b++)
        {
            _starts.Add(rows);
            rows += _batches[b].Count;
        }

        for (var h = 0; h < _outputs.Length; h++)
            if (_outputs[h].Length < rows * _model.Heads[h].Outputs) _outputs[h] = new float[rows * _model.Heads[h].Outputs];
        _next = 0;
        var start = Stopwatch.GetTimestamp();
        if (_used < 2 || _rowsPerRun == RowsPerRun)
        {
            Run(_predictor, isLate);
        }
        else
        {
            _helper ??= _predictor.Twin();
            _alone.Reset();
            Volatile.Write(ref _present, 1);
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            try
            {
                Run(_predictor, isLate);
            }
            finally
            {
                // what the other has begun is waited for; what it has not is done already
                if (Interlocked.Decrement(ref _present) > 0) _alone.Wait();
            }

            if (Interlocked.Exchange(ref _failure, null) is { } failure) throw new InvalidOperationException("a part of the candidates could not be scored", failure);
        }

        var begun = Math.Min(_next, _used);
        if (begun == 0) return 0;
        var done = _starts[begun - 1] + _batches[begun - 1].Count;
        _pace?.Learn(_rowsPerRun < RowsPerRun, Stopwatch.GetTimestamp() - start, done);
        return done;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _predictor.Dispose();
        _helper?.Dispose();
        _alone.Dispose();
    }

    // it may come late, when all is done or another answer is being scored
    void IThreadPoolWorkItem.Execute()
    {
        if (Interlocked.Exchange(ref _helping, 1) != 0) return;
        if (!Join())
        {
            Volatile.Write(ref _helping, 0);
            return;
        }

#pragma warning disable CA1031 // whatever fails in a helper is thrown again by the one that it helps
        try
        {
            Run(_helper!, static () => false);
        }
        catch (Exception e)
        {
            _failure = e;
        }
#pragma warning restore CA1031
        Volatile.Write(ref _helping, 0);
        if (Interlocked.Decrement(ref _present) == 0) _alone.Set();
    }

    private bool Join()
    {
        while (Volatile.Read(ref _present) is > 0 and var present)
            if (Interlocked.CompareExchange(ref _present, present + 1, present) == present) return true;
        return false;
    }

    // batches in their order, each begun by whoever comes first, so that those that have outputs are the first ones
    private void Run(Predictor predictor, Func<bool> isLate)
    {
        while (Volatile.Read(ref _next) is var seen && seen < _used && !(seen > 0 && isLate()))
        {
            var b = Interlocked.Increment(ref _next) - 1;
            if (b >= _used) return;
            predictor.Run(_batches[b]);
            for (var h = 0; h < _outputs.Length; h++)
            {
                var width = _model.Heads[h].Outputs;
                predictor.Predictions(_model.Heads[h], _outputs[h].AsSpan(_starts[b] * width, _batches[b].Count * width));
            }
        }
    }
}
