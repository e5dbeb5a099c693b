using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Serving;

/// <summary>
/// What one answer is scored with at a time: an encoder over a shop's memory, and the model's plan, in which what candidates have in common (user, visit, place, time) is computed once. Not for
/// use by several threads at once.
/// </summary>
internal sealed class ScoringWorker : IDisposable
{
    private const int RowsPerRun = 256;

    private readonly ModelSnapshot _model;
    private readonly EventLog _known;
    private readonly SampleEncoder _encoder;
    private readonly Predictor _predictor;
    private readonly List<Batch> _batches = [];
    private readonly float[][] _run;
    private readonly int[] _context;
    private float[][] _outputs;
    private int _used;

    /// <summary>Binds a model to a shop's memory.</summary>
    /// <exception cref="InputException">The shop lacks a column that the model reads.</exception>
    public ScoringWorker(ModelSnapshot model, ShopMemory memory)
    {
        var state = memory.State ?? throw new InvalidOperationException("The memory keeps no state of a model.");
        (_model, _known) = (model, memory.Known);
        _encoder = new SampleEncoder(model.Bundle.Encoder, memory.Known, state);
        _predictor = new Predictor(model.Bundle.Model, model.Bundle.Store, RowsPerRun, threads: 1, shared: _encoder.SharedColumns, heads: model.Heads);
        _batches.Add(new Batch(model.Bundle.Encoder.Layout, RowsPerRun));
        _run = [.. model.Heads.Select(h => new float[RowsPerRun * h.Outputs])];
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

    /// <summary>Encodes a candidate as of now; the shop must stand still.</summary>
    /// <param name="shown">Who is shown it, with the item and its price.</param>
    public void Add(in ShopEvent shown)
    {
        if (_used == 0 || _batches[_used - 1].Count == RowsPerRun)
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
        for (var b = 0; b < _used; b++) rows += _batches[b].Count;
        for (var h = 0; h < _outputs.Length; h++)
            if (_outputs[h].Length < rows * _model.Heads[h].Outputs) _outputs[h] = new float[rows * _model.Heads[h].Outputs];
        var done = 0;
        for (var b = 0; b < _used && !(b > 0 && isLate()); b++)
        {
            _predictor.Run(_batches[b]);
            for (var h = 0; h < _run.Length; h++)
            {
                var width = _model.Heads[h].Outputs;
                var run = _run[h].AsSpan(0, _batches[b].Count * width);
                _predictor.Predictions(_model.Heads[h], run);
                run.CopyTo(_outputs[h].AsSpan(done * width));
            }

            done += _batches[b].Count;
        }

        return done;
    }

    /// <inheritdoc/>
    public void Dispose() => _predictor.Dispose();
}
