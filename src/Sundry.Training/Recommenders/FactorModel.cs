using Sundry.Compute;

namespace Sundry.Training;

/// <summary>Scores as products: a row of factors a user, one an item, and a bias an item. What factorisations and graph recommenders end as.</summary>
public abstract class FactorModel : IRecommender, IDisposable
{
    private PackedMatrix? _packed;
    private float[] _zero = [];

    /// <summary>Floats a row.</summary>
    public int Width { get; private set; }

    /// <summary>[users, width].</summary>
    internal float[] UserFactors { get; private set; } = [];

    /// <summary>[items, width].</summary>
    internal float[] ItemFactors { get; private set; } = [];

    /// <summary>[items].</summary>
    internal float[] ItemBias { get; private set; } = [];

    /// <summary>An item's factors, [width].</summary>
    public ReadOnlySpan<float> VectorOfItem(int item) => ItemRow(item);

    /// <summary>A user's factors, [width]; zeros of a user that it does not know.</summary>
    public ReadOnlySpan<float> VectorOfUser(int user) => UserRow(user);

    /// <inheritdoc/>
    public abstract void Fit(Interactions train, FitRequest request);

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> users, Span<float> scores)
    {
        var rows = new float[users.Length * Width];
        for (var i = 0; i < users.Length; i++) UserRow(users[i]).CopyTo(rows.AsSpan(i * Width));
        (_packed ?? throw new InvalidOperationException("it is not fitted")).Multiply(rows, scores, ItemBias);
    }

    /// <inheritdoc/>
    /// <remarks>Likeness is the cosine of the items' factors.</remarks>
    public IReadOnlyList<ScoredItem> Similar(int item, int count)
    {
        var items = ItemBias.Length;
        var own = ItemRow(item);
        var norm = MathF.Sqrt(RowMath.Dot(own, own));
        var scores = new float[items];
        for (var i = 0; i < items; i++)
        {
            var row = ItemRow(i);
            var length = norm * MathF.Sqrt(RowMath.Dot(row, row));
            scores[i] = i == item || length == 0 ? float.NegativeInfinity : RowMath.Dot(own, row) / length;
        }

        return new TopList(count).Of(scores);
    }

    /// <inheritdoc/>
    public void Keep(RecommenderState state)
    {
        state.Add("user_factors", UserFactors);
        state.Add("item_factors", ItemFactors);
        state.Add("item_bias", ItemBias);
    }

    /// <inheritdoc/>
    public void Restore(RecommenderState state, Interactions train)
    {
        var bias = state.Floats("item_bias", train.ItemCount);
        var width = train.ItemCount == 0 ? 0 : state.Floats("item_factors").Length / train.ItemCount;
        Become(state.Floats("user_factors", (long)train.UserCount * width), state.Floats("item_factors", (long)train.ItemCount * width), bias, Math.Max(1, width));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _packed?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Takes factors on as what was learned.</summary>
    private protected void Become(float[] users, float[] items, float[] bias, int width)
    {
        (UserFactors, ItemFactors, ItemBias, Width) = (users, items, bias, width);
        _zero = new float[width];
        _packed?.Dispose();
        _packed = new PackedMatrix(items, width, bias.Length, transposed: true);
    }

    /// <summary>Factors drawn from a normal distribution; the same seed and name draw the same.</summary>
    private protected static float[] Draw(int rows, int width, double deviation, ulong seed, string name)
    {
        var values = new float[(long)rows * width];
        var own = CounterRandom.Derive(seed, name);
        for (var i = 0; i < values.Length; i++) values[i] = (float)(deviation * CounterRandom.Normal(own, (ulong)i));
        return values;
    }

    private ReadOnlySpan<float> UserRow(int user) => (uint)user < (uint)(UserFactors.Length / Width) ? UserFactors.AsSpan(user * Width, Width) : _zero;

    private ReadOnlySpan<float> ItemRow(int item) => ItemFactors.AsSpan(item * Width, Width);
}
