using System.Collections.Concurrent;
using System.Globalization;
using Sundry.Data;
using Sundry.Models;
using Sundry.Training;

namespace Sundry.Serving;

/// <summary>
/// Scores items for users with a model that was trained on a log: features as of the shop's moment, the outputs of all main tasks, and one value of them. It is an
/// <see cref="IRecommender"/> too, so that its lists are judged as those of any other.
/// </summary>
public sealed class ModelScorer : IRecommender, IDisposable
{
    private const int RowsPerCall = 512;

    private readonly Bundle _bundle;
    private readonly EventLog _log;
    private readonly ShopMoment _moment;
    private readonly CandidateItems? _candidates;
    private readonly IReadOnlyList<ValueTerm> _terms;
    private readonly ValueFormula _formula;
    private readonly float[]?[] _columns;
    private readonly ConcurrentBag<Worker> _idle = [];

    /// <summary>Prepares to score.</summary>
    /// <param name="bundle">The model.</param>
    /// <param name="log">The log whose users and items are scored.</param>
    /// <param name="moment">The shop as of the moment of the lists.</param>
    /// <param name="value">What makes one value of the outputs.</param>
    /// <param name="candidates">The items that compete, by user; null: all of them.</param>
    /// <exception cref="InputException">The model's rows have no user and item, a term names no task, or its column is none of the catalogue.</exception>
    public ModelScorer(Bundle bundle, EventLog log, ShopMoment moment, RankingInfo value, CandidateItems? candidates = null)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(value);
        (_bundle, _log, _moment, _candidates) = (bundle, log, moment, candidates);
        Heads = [.. bundle.Model.MainHeads.Where(h => h.Task.Source == SourceSchema.Main)];
        if (Heads.Count == 0) throw new InputException("the model has no main task about the rows of data.rows, so that there is nothing to rank items by");
        _formula = value.Formula();
        _terms = value.Terms([.. Heads.Select(h => h.Task)]);
        _columns = [.. _terms.Select(t => t.Column is { } name ? Column(name) : null)];
        // a worker is made now, so that a model of other rows is refused at once
        _idle.Add(new Worker(this));
    }

    /// <summary>The tasks whose outputs are computed.</summary>
    public IReadOnlyList<TaskHead> Heads { get; }

    /// <summary>Scores some items for a user.</summary>
    /// <param name="user">The user.</param>
    /// <param name="items">The items.</param>
    /// <param name="values">[items] receives the formula's values.</param>
    /// <param name="outputs">[heads, items] receives each task's output, of several classes the likeliest's number; empty where they are not wanted.</param>
    public void Score(int user, ReadOnlySpan<int> items, Span<double> values, Span<float> outputs)
    {
        if (!_idle.TryTake(out var worker)) worker = new Worker(this);
        worker.Score(user, items, values, outputs);
        _idle.Add(worker);
    }

    /// <inheritdoc/>
    /// <remarks>The model was trained before; nothing is learned.</remarks>
    public void Fit(Interactions train, FitRequest request)
    {
    }

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> users, Span<float> scores)
    {
        var count = _log.Items.Count;
        scores.Fill(float.NegativeInfinity);
        var all = _candidates is null ? Enumerable.Range(0, count).ToArray() : [];
        var values = new double[count];
        for (var u = 0; u < users.Length; u++)
        {
            var items = _candidates?.Of(users[u]) ?? all;
            Score(users[u], items, values.AsSpan(0, items.Length), []);
            for (var i = 0; i < items.Length; i++) scores[u * count + items[i]] = (float)values[i];
        }
    }

    /// <inheritdoc/>
    /// <remarks>A model of users and items together knows no likeness of two items; the list is empty.</remarks>
    public IReadOnlyList<ScoredItem> Similar(int item, int count) => [];

    /// <inheritdoc/>
    /// <remarks>A model is kept as its bundle.</remarks>
    public void Keep(RecommenderState state) => throw new InputException("a trained model is kept as its own folder; leave --keep out");

    /// <inheritdoc/>
    public void Restore(RecommenderState state, Interactions train) => throw new InputException("a trained model is opened with --model");

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_idle.TryTake(out var worker)) worker.Dispose();
    }

    private float[] Column(string name)
    {
        var values = new float[_log.Items.Count];
        var column = _log.ItemColumns.FirstOrDefault(c => c.Name == name);
        if (column is null && name != "price") throw new InputException($"the ranking multiplies by '{name}', which the catalogue does not have; give the item table that column, or other weights with --value");
        for (var item = 0; item < values.Length; item++)
        {
            var number = column is null || name == "price" ? _moment.Price(item)
                : column[item] is >= 0 and var text && float.TryParse(column.Values[text], CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
            values[item] = float.IsFinite(number) ? number : 0;
        }

        return values;
    }

    // what one thread scores with
    private sealed class Worker : IDisposable
    {
        private readonly ModelScorer _of;
        private readonly SampleEncoder _encoder;
        private readonly Predictor _predictor;
        private readonly Batch _batch;
        private readonly int[] _context;
        private readonly float[][] _predictions;
        private float[][] _outputs = [];
        private float[] _terms = [];
        private float[] _keys = [];
        private int[] _order = [];

        public Worker(ModelScorer of)
        {
            _of = of;
            _encoder = new SampleEncoder(of._bundle.Encoder, of._log, of._moment.State);
            _predictor = new Predictor(of._bundle.Model, of._bundle.Store, RowsPerCall, threads: 1, heads: of.Heads);
            _batch = new Batch(of._bundle.Encoder.Layout, RowsPerCall);
            _context = new int[of._log.Context.Count];
            _predictions = [.. of.Heads.Select(h => new float[RowsPerCall * h.Outputs])];
        }

        public void Score(int user, ReadOnlySpan<int> items, Span<double> values, Span<float> outputs)
        {
            Grow(items.Length);
            for (var start = 0; start < items.Length; start += RowsPerCall)
            {
                var some = items[start..Math.Min(items.Length, start + RowsPerCall)];
                foreach (var item in some) _encoder.Append(_batch, _of._moment.Shown(user, item, _context), _context);
                _predictor.Run(_batch);
                for (var h = 0; h < _predictions.Length; h++)
                {
                    var width = _of.Heads[h].Outputs;
                    _predictor.Predictions(_of.Heads[h], _predictions[h]);
                    _predictions[h].AsSpan(0, some.Length * width).CopyTo(_outputs[h].AsSpan(start * width));
                }

                _batch.Count = 0;
            }

            Value(items, values);
            if (outputs.Length > 0) Copy(items.Length, outputs);
        }

        public void Dispose() => _predictor.Dispose();

        private void Value(ReadOnlySpan<int> items, Span<double> values)
        {
            var column = new float[items.Length];
            for (var t = 0; t < _of._terms.Count; t++)
            {
                var width = _of.Heads[_of._terms[t].Task].Outputs;
                for (var i = 0; _of._columns[t] is { } of && i < items.Length; i++) column[i] = of[items[i]];
                _of._terms[t].Outputs(_outputs[_of._terms[t].Task].AsSpan(0, items.Length * width), column, _terms.AsSpan(t * items.Length, items.Length));
            }

            _of._formula.Evaluate(_terms, items.Length, 0, values, _keys, _order.AsSpan(0, items.Length));
        }

        private void Copy(int items, Span<float> outputs)
        {
            for (var h = 0; h < _outputs.Length; h++)
            {
                var width = _of.Heads[h].Outputs;
                for (var i = 0; i < items; i++)
                {
                    var best = 0;
                    for (var c = 1; c < width; c++)
                        if (_outputs[h][i * width + c] > _outputs[h][i * width + best]) best = c;
                    outputs[h * items + i] = width == 1 ? _outputs[h][i] : best;
                }
            }
        }

        private void Grow(int items)
        {
            if (_keys.Length >= items && _outputs.Length > 0) return;
            _outputs = [.. _of.Heads.Select(h => new float[items * h.Outputs])];
            _terms = new float[items * _of._terms.Count];
            (_keys, _order) = (new float[items], new int[items]);
        }
    }
}
