namespace Sundry.Training;

/// <summary>
/// Per class, the weight of its rows, of the rows predicted as it, and of both at once: the mergeable state of
/// multiclass accuracy and macro-F1. Linear in the number of classes, unlike a confusion matrix.
/// </summary>
public sealed class ClassCounts
{
    private readonly double[] _right;
    private readonly double[] _predicted;
    private readonly double[] _actual;

    /// <summary>Starts empty.</summary>
    /// <param name="classes">Number of classes.</param>
    public ClassCounts(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        _right = new double[classes];
        _predicted = new double[classes];
        _actual = new double[classes];
    }

    /// <summary>Number of classes.</summary>
    public int Classes => _right.Length;

    /// <summary>Share of the rows predicted right; NaN without rows.</summary>
    public double Accuracy
    {
        get
        {
            double right = 0, all = 0;
            for (int c = 0; c < Classes; c++)
            {
                right += _right[c];
                all += _actual[c];
            }

            return right / all;
        }
    }

    /// <summary>
    /// Mean F1 of the classes that occur among the labels or the predictions; NaN without rows. A class that occurs
    /// and is never predicted right counts as 0.
    /// </summary>
    public double MacroF1
    {
        get
        {
            double sum = 0;
            int seen = 0;
            for (int c = 0; c < Classes; c++)
            {
                double f1 = F1(c);
                if (double.IsNaN(f1) && !double.IsNaN(_predicted[c])) continue;
                sum += f1;
                seen++;
            }

            return seen == 0 ? double.NaN : sum / seen;
        }
    }

    /// <summary>F1 of one class; NaN where it occurs neither among the labels nor among the predictions.</summary>
    public double F1(int index) => 2 * _right[index] / (_actual[index] + _predicted[index]);

    /// <summary>Adds one row; <paramref name="predicted"/> is −1 where the prediction is not a number, which undoes every figure.</summary>
    public void Add(int predicted, int actual, double weight)
    {
        if (predicted < 0)
        {
            Array.Fill(_predicted, double.NaN);
            Array.Fill(_right, double.NaN);
            return;
        }

        _predicted[predicted] += weight;
        _actual[actual] += weight;
        if (predicted == actual) _right[actual] += weight;
    }

    /// <summary>Adds the rows of another state of the same number of classes.</summary>
    public void Merge(ClassCounts other)
    {
        if (other.Classes != Classes) throw new ArgumentException($"cannot merge counts of {other.Classes} classes into counts of {Classes}", nameof(other));
        for (int c = 0; c < Classes; c++)
        {
            _right[c] += other._right[c];
            _predicted[c] += other._predicted[c];
            _actual[c] += other._actual[c];
        }
    }

    /// <summary>Counts rows by the most probable class, the first of equals.</summary>
    /// <param name="probabilities">[n, classes]</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="labels">[n], class indices; NaN leaves the row out.</param>
    /// <param name="weights">[n], or empty for ones.</param>
    public static ClassCounts Of(ReadOnlySpan<float> probabilities, int classes, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default)
    {
        var rows = new LabelledRows(probabilities, labels, weights, classes);
        var counts = new ClassCounts(classes);
        for (int i = 0; i < rows.Count; i++)
        {
            double weight = rows.Weight(i);
            if (weight > 0) counts.Add(MostProbable(probabilities.Slice(i * classes, classes)), (int)labels[i], weight);
        }

        return counts;
    }

    /// <summary>The index of the largest probability, the first of equals; −1 where one is NaN.</summary>
    internal static int MostProbable(ReadOnlySpan<float> probabilities)
    {
        int best = 0;
        for (int c = 0; c < probabilities.Length; c++)
        {
            if (float.IsNaN(probabilities[c])) return -1;
            if (probabilities[c] > probabilities[best]) best = c;
        }

        return best;
    }
}
