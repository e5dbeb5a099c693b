using Sundry.Data;

namespace Sundry.Training;

/// <summary>What a recommender has learned, as named arrays.</summary>
public sealed class RecommenderState
{
    /// <summary>The arrays, floats or integers.</summary>
    internal SortedDictionary<string, Array> Arrays { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds an array of floats.</summary>
    public void Add(string name, float[] values) => Arrays.Add(name, values);

    /// <summary>Adds an array of integers.</summary>
    public void Add(string name, int[] values) => Arrays.Add(name, values);

    /// <summary>An array of floats.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="length">The length that it must have; -1 for any.</param>
    /// <exception cref="InputException">It is not there, has another length, or holds what is not a finite number.</exception>
    public float[] Floats(string name, long length = -1)
    {
        var values = Find<float>(name, length);
        foreach (var value in values)
            if (!float.IsFinite(value)) throw new InputException($"the recommender's '{name}' holds {value}, which cannot be; fit it again");
        return values;
    }

    /// <summary>An array of integers.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="length">The length that it must have; -1 for any.</param>
    /// <param name="least">The least that a value may be.</param>
    /// <param name="below">What every value must be below.</param>
    /// <exception cref="InputException">It is not there, has another length, or a value is out of range.</exception>
    public int[] Integers(string name, long length, int least, long below)
    {
        var values = Find<int>(name, length);
        foreach (var value in values)
            if (value < least || value >= below) throw new InputException($"the recommender's '{name}' holds {value}, which cannot be; fit it again");
        return values;
    }

    /// <summary>Where the rows of a sparse matrix begin: ascending from 0.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="rows">Rows.</param>
    /// <exception cref="InputException">It is not there, or does not ascend.</exception>
    public int[] Offsets(string name, int rows)
    {
        var values = Find<int>(name, rows + 1L);
        for (var i = 0; i < rows; i++)
            if (values[0] != 0 || values[i + 1] < values[i]) throw new InputException($"the recommender's '{name}' does not ascend; fit it again");
        return values;
    }

    private T[] Find<T>(string name, long length) =>
        Arrays.TryGetValue(name, out var array) && array is T[] found && (length < 0 || found.Length == length)
            ? found
            : throw new InputException($"the recommender's '{name}' is missing or has another length than its users and items ask for; fit it again");
}
