using Sundry.Compute;
using Sundry.Training;

namespace Sundry.Tests.Training;

/// <summary>Two shared layers of tanh and one linear head a task, in double, its gradients written out: a network to learn with each balancer.</summary>
internal sealed class TinyNetwork : ITaskGradients
{
    private const int Inputs = 4, Hidden = 5, Rows = 16;

    private readonly int _tasks;
    private readonly double[] _shared;
    private readonly double[][] _heads;
    private readonly double[][] _sharedGradients;
    private readonly double[][] _headGradients;
    private readonly double[][] _representation;
    private readonly double[] _first = new double[Rows * Hidden];
    private readonly double[] _second = new double[Rows * Hidden];
    private readonly double[][] _errors;
    private readonly double[] _x = new double[Rows * Inputs];
    private readonly double[][] _y;
    private readonly double[][] _slopes;
    private RowGradientsOfTasks? _gradients;

    public TinyNetwork(int tasks, int seed)
    {
        _tasks = tasks;
        var random = new Random(seed);
        double[] Draw(int count, double scale) => [.. Enumerable.Range(0, count).Select(_ => scale * (2 * random.NextDouble() - 1))];
        double[][] All(int length, double scale) => [.. Enumerable.Range(0, tasks).Select(_ => Draw(length, scale))];
        _shared = Draw(Hidden * Inputs + Hidden * Hidden, 0.7);
        _heads = All(Hidden, 0.5);
        _slopes = All(Inputs, 2);
        _sharedGradients = All(_shared.Length, 0);
        _headGradients = All(Hidden, 0);
        _representation = All(Rows * Hidden, 0);
        _errors = All(Rows, 0);
        _y = All(Rows, 0);
    }

    public double[] Weights => [.. _shared, .. _heads.SelectMany(h => h)];

    public int Tasks => _tasks;

    public int Tensors => 2;

    public IReadOnlyList<int> LastLayer => [1];

    /// <summary>Rows of a step: the same for the same step. Labels are tanh of a line, on a scale of its own for each task.</summary>
    public void Draw(long step)
    {
        var random = new Random((int)step);
        for (var i = 0; i < _x.Length; i++) _x[i] = 2 * random.NextDouble() - 1;
        for (var t = 0; t < _tasks; t++)
            for (var b = 0; b < Rows; b++)
                _y[t][b] = (t + 1) * Math.Tanh(Enumerable.Range(0, Inputs).Sum(i => _slopes[t][i] * _x[b * Inputs + i]));
    }

    /// <summary>The mean squared error of each task.</summary>
    public double[] Forward()
    {
        Layer(_x, Inputs, _first, 0);
        Layer(_first, Hidden, _second, Hidden * Inputs);
        var losses = new double[_tasks];
        for (var t = 0; t < _tasks; t++)
        {
            for (var b = 0; b < Rows; b++)
            {
                var a = 0.0;
                for (var h = 0; h < Hidden; h++) a += _heads[t][h] * _second[b * Hidden + h];
                _errors[t][b] = a - _y[t][b];
                losses[t] += _errors[t][b] * _errors[t][b] / Rows;
            }
        }

        return losses;
    }

    public void Backward()
    {
        for (var t = 0; t < _tasks; t++)
        {
            Array.Clear(_sharedGradients[t]);
            Array.Clear(_headGradients[t]);
            for (var b = 0; b < Rows; b++)
            {
                var da = 2 * _errors[t][b] / Rows;
                var first = new double[Hidden];
                for (var h = 0; h < Hidden; h++)
                {
                    var z = _second[b * Hidden + h];
                    _headGradients[t][h] += da * z;
                    _representation[t][b * Hidden + h] = da * _heads[t][h];
                    var pre = da * _heads[t][h] * (1 - z * z);
                    for (var k = 0; k < Hidden; k++)
                    {
                        _sharedGradients[t][Hidden * Inputs + h * Hidden + k] += pre * _first[b * Hidden + k];
                        first[k] += pre * _shared[Hidden * Inputs + h * Hidden + k];
                    }
                }

                for (var k = 0; k < Hidden; k++)
                {
                    var z = _first[b * Hidden + k];
                    for (var i = 0; i < Inputs; i++) _sharedGradients[t][k * Inputs + i] += first[k] * (1 - z * z) * _x[b * Inputs + i];
                }
            }
        }

        _gradients = new RowGradientsOfTasks(_sharedGradients, [Hidden * Inputs, _shared.Length]);
    }

    /// <summary>One step of a balancer of either kind; returns the losses before it.</summary>
    public double[] Learn(IBalancer balancer, long step, int epoch, double rate)
    {
        Draw(step);
        var losses = Forward();
        Backward();
        var weights = new double[_tasks];
        var at = new BalancingStep(losses, losses.Select(_ => 1.0).ToArray(), step, epoch);
        if (balancer is IGradientBalancer ofGradients)
        {
            ofGradients.Balance(at, this, weights);
        }
        else
        {
            ((IWeightBalancer)balancer).Weigh(at, weights);
            Combine(weights, weights);
        }

        for (var i = 0; i < _shared.Length; i++) _shared[i] -= rate * _gradients!.Combined[i];
        for (var t = 0; t < _tasks; t++)
            for (var h = 0; h < Hidden; h++)
                _heads[t][h] -= rate * _gradients!.Own[t] * _headGradients[t][h];
        if (balancer is IWeightBalancer { LooksBack: true } looking) looking.AfterStep(at, Forward());
        return losses;
    }

    public void Gram(double[,] gram) => _gradients!.Gram(gram);

    public void Gram(int tensor, double[,] gram) => _gradients!.Gram(tensor, gram);

    public void RepresentationGram(double[,] gram) => new RowGradientsOfTasks(_representation).Gram(gram);

    public void Combine(ReadOnlySpan<double> shared, ReadOnlySpan<double> own) => _gradients!.Combine(shared, own);

    public void Combine(CoordinateRule rule, ReadOnlySpan<double> own) => _gradients!.Combine(rule, own);

    /// <summary>A network with the same weights and labels, with which to go on apart.</summary>
    public TinyNetwork Copy()
    {
        var copy = new TinyNetwork(_tasks, 0);
        _shared.CopyTo(copy._shared, 0);
        for (var t = 0; t < _tasks; t++)
        {
            _heads[t].CopyTo(copy._heads[t], 0);
            _slopes[t].CopyTo(copy._slopes[t], 0);
        }

        return copy;
    }

    private void Layer(double[] x, int width, double[] z, int offset)
    {
        for (var b = 0; b < Rows; b++)
        {
            for (var h = 0; h < Hidden; h++)
            {
                var a = 0.0;
                for (var i = 0; i < width; i++) a += _shared[offset + h * width + i] * x[b * width + i];
                z[b * Hidden + h] = Math.Tanh(a);
            }
        }
    }
}
