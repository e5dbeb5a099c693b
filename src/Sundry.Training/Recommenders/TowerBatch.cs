using Sundry.Compute;

namespace Sundry.Training;

/// <summary>The network of <see cref="TwoTowerRecommender"/> and its descent, a batch of events a step.</summary>
internal sealed class TowerBatch
{
    private readonly Interactions _train;
    private readonly TowerEvents _events;
    private readonly TowerInputs _inputs;
    private readonly TwoTowerOptions _options;
    private readonly ParallelOptions _parallel;
    private readonly Tower _user;
    private readonly Tower _item;
    private readonly AdagradTable[] _heads;
    private readonly AdagradTable _bias;
    private readonly TowerNeighbours? _near;
    private readonly AdagradTable _counts;
    private readonly int[] _firstPlace;
    private readonly int _f;

    public TowerBatch(Interactions train, TowerEvents events, TowerInputs inputs, TwoTowerOptions options, TowerNeighbours? near, FitRequest request)
    {
        (_train, _events, _inputs, _options, _parallel, _f) = (train, events, inputs, options, request.Parallel, options.Factors);
        _user = new(_f, options.Hidden, CounterRandom.Derive(request.Seed, "user tower"));
        _item = new(_f, options.Hidden, CounterRandom.Derive(request.Seed, "item tower"));
        // heads begin as one and the same
        _heads = [.. Enumerable.Range(0, events.Types).Select(_ => new AdagradTable(new float[_f * _f], _f))];
        _bias = new([.. events.Bias], 1);
        _near = near;
        var ones = new float[events.Types];
        Array.Fill(ones, 1f);
        _counts = new(ones, 1);
        _firstPlace = new int[train.ItemCount];
        Array.Fill(_firstPlace, -1);
    }

    /// <summary>Descends a step on the events with these numbers; returns the sum of their losses.</summary>
    public double Learn(ReadOnlySpan<int> chosen)
    {
        // events of one type side by side, for they share a head
        var batch = chosen.ToArray().Select(e => _events.All[e]).OrderBy(e => e.Type).ToArray();
        var m = batch.Length;
        float[] x = new float[m * _f], h = new float[m * _f], y = new float[m * _f], v = new float[m * _f], logits = new float[m * m];
        for (var i = 0; i < m; i++)
        {
            _inputs.User(batch[i].User, batch[i].Item, x.AsSpan(i * _f, _f));
            _inputs.Item(batch[i].Item, y.AsSpan(i * _f, _f));
        }

        var units = _user.Forward(x, h, m, _parallel);
        var others = _item.Forward(y, v, m, _parallel);
        var q = h.ToArray();
        foreach (var (type, first, rows) in Runs(batch))
            DenseProducts.Multiply(h.AsMemory(first * _f), _heads[type].Values, q.AsMemory(first * _f), rows, _f, _f, _parallel, accumulate: true);
        DenseProducts.MultiplyByTransposed(q, v, logits, m, _f, m, _parallel);
        var places = new BatchPlaces(batch, _firstPlace);
        var losses = new double[m];
        var said = _near is null ? [] : new float[m * m];
        foreach (var (type, first, rows) in Runs(batch))
        {
            var shift = new float[m];
            for (var j = 0; j < m; j++) shift[j] = _bias.Values[type * _train.ItemCount + batch[j].Item] - _events.LogShares[batch[j].Item];
            const int Part = 32;
            Parallel.For(0, (rows + Part - 1) / Part, _parallel, part =>
            {
                for (var i = first + part * Part; i < Math.Min(first + rows, first + (part + 1) * Part); i++)
                {
                    if (_near is not null)
                    {
                        _near.Of(batch[i].User, batch[i].Item, places, said.AsSpan(i * m, m));
                        RowMath.AddScaled(logits.AsSpan(i * m, m), said.AsSpan(i * m, m), _counts.Values[type]);
                    }

                    losses[i] = Softmax(batch[i], i, places, shift, logits.AsSpan(i * m, m));
                }
            });
        }

        places.Clear(batch);
        for (var i = 0; _near is not null && i < m; i++) _counts.Add(batch[i].Type, [RowMath.Dot(logits.AsSpan(i * m, m), said.AsSpan(i * m, m))], 1);

        float[] ofV = new float[m * _f], ofH = new float[m * _f];
        DenseProducts.MultiplyTransposed(logits, q, ofV, m, m, _f, _parallel);
        DenseProducts.Multiply(logits, v, ofH, m, m, _f, _parallel);
        foreach (var (type, first, rows) in Runs(batch))
        {
            HeadBack(type, h.AsSpan(first * _f, rows * _f), ofH.AsMemory(first * _f, rows * _f), rows);
            var slopes = new float[m];
            for (var i = first; i < first + rows; i++) RowMath.AddScaled(slopes, logits.AsSpan(i * m, m), 1);
            for (var j = 0; j < m; j++) _bias.Add(type * _train.ItemCount + batch[j].Item, slopes.AsSpan(j, 1), 1);
        }

        _user.Back(x, units, ofH, m, _parallel);
        _item.Back(y, others, ofV, m, _parallel);
        for (var i = 0; i < m; i++)
        {
            _inputs.UserBack(batch[i].User, batch[i].Item, ofH.AsSpan(i * _f, _f));
            _inputs.ItemBack(batch[i].Item, ofV.AsSpan(i * _f, _f));
        }

        var rate = (float)_options.LearningRate;
        _inputs.Step(rate, (float)_options.Regularization);
        _user.Step(rate);
        _item.Step(rate);
        foreach (var head in _heads) head.Step(rate, (float)_options.Regularization);
        _bias.Step(rate, 0);
        _counts.Step(rate, 0);
        return losses.Sum();
    }

    /// <summary>[users, f] what the head of a type makes of each user.</summary>
    public float[] Users(int type)
    {
        float[] x = new float[_train.UserCount * _f], h = new float[x.Length];
        for (var user = 0; user < _train.UserCount; user++) _inputs.User(user, -1, x.AsSpan(user * _f, _f));
        _user.Forward(x, h, _train.UserCount, _parallel);
        var q = h.ToArray();
        DenseProducts.Multiply(h, _heads[type].Values, q, _train.UserCount, _f, _f, _parallel, accumulate: true);
        return q;
    }

    /// <summary>[items, f].</summary>
    public float[] Items()
    {
        float[] y = new float[_train.ItemCount * _f], v = new float[y.Length];
        for (var item = 0; item < _train.ItemCount; item++) _inputs.Item(item, y.AsSpan(item * _f, _f));
        _item.Forward(y, v, _train.ItemCount, _parallel);
        return v;
    }

    /// <summary>[items] the biases of a type.</summary>
    public float[] Bias(int type) => _bias.Values.AsSpan(type * _train.ItemCount, _train.ItemCount).ToArray();

    /// <summary>What neighbours count for a type.</summary>
    public float Counts(int type) => _counts.Values[type];

    private static IEnumerable<(int Type, int First, int Rows)> Runs((int User, int Item, int Type)[] batch)
    {
        for (int first = 0, next; first < batch.Length; first = next)
        {
            for (next = first + 1; next < batch.Length && batch[next].Type == batch[first].Type; next++) { }
            yield return (batch[first].Type, first, next - first);
        }
    }

    // a single type needs no head beside the tower
    private void HeadBack(int type, ReadOnlySpan<float> h, Memory<float> gradient, int rows)
    {
        if (_events.Types == 1) return;
        var (ofQ, ofHead) = (gradient.ToArray(), new float[_f * _f]);
        DenseProducts.MultiplyTransposed(h, ofQ, ofHead, rows, _f, _f, _parallel);
        DenseProducts.MultiplyByTransposed(ofQ, _heads[type].Values, gradient, rows, _f, _f, _parallel, accumulate: true);
        for (var row = 0; row < _f; row++) _heads[type].Add(row, ofHead.AsSpan(row * _f, _f), 1);
    }

    // turns a row of products into the gradient by them, and returns its loss
    private double Softmax((int User, int Item, int Type) of, int own, BatchPlaces places, float[] shift, Span<float> row)
    {
        RowMath.AddScaled(row, shift, 1);
        var right = row[own];
        // what the user had to do with too is no negative
        foreach (var item in _train.ItemsOf(of.User))
            for (var j = places.First(item); j >= 0; j = places.Next(j))
                if (j != own) row[j] = float.NegativeInfinity;
        var largest = float.NegativeInfinity;
        foreach (var value in row) largest = Math.Max(largest, value);
        var sum = 0f;
        for (var j = 0; j < row.Length; j++) sum += row[j] = MathF.Exp(row[j] - largest);
        var weight = _events.Weights[of.Type];
        var scale = weight / sum;
        for (var j = 0; j < row.Length; j++) row[j] *= scale;
        row[own] -= weight;
        return weight * (Math.Log(sum) + largest - right);
    }
}
