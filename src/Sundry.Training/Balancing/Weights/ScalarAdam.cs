namespace Sundry.Training;

/// <summary>Adam for the few numbers that a balancer learns, in double and apart from the model's optimiser, so that no weight decay reaches them unasked.</summary>
/// <param name="count">How many numbers.</param>
/// <param name="rate">The learning rate.</param>
/// <param name="decay">Weight decay, as L2.</param>
internal sealed class ScalarAdam(int count, double rate, double decay = 0)
{
    private const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;

    // mean, mean square and number of its steps by value: a task without rows in a batch stays as it is
    private readonly double[] _state = new double[3 * count];

    /// <summary>Its moments, for a checkpoint.</summary>
    public Span<double> State => _state;

    /// <summary>Moves value <paramref name="i"/> against its gradient.</summary>
    public void Step(int i, ref double value, double gradient)
    {
        gradient += decay * value;
        var (mean, square, steps) = (Beta1 * _state[i] + (1 - Beta1) * gradient, Beta2 * _state[count + i] + (1 - Beta2) * gradient * gradient, _state[2 * count + i] + 1);
        (_state[i], _state[count + i], _state[2 * count + i]) = (mean, square, steps);
        value -= rate * (mean / (1 - Math.Pow(Beta1, steps))) / (Math.Sqrt(square / (1 - Math.Pow(Beta2, steps))) + Epsilon);
    }
}
