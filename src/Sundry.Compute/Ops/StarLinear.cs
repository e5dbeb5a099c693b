namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>
    /// A linear layer in which each scenario has its own view of common weights: y = x (W ∘ W_p) + b + b_p, with p the scenario of the row
    /// (Sheng et al., 2021). [rows, width] → [rows, outputs].
    /// </summary>
    /// <param name="name">Its parameters are called <c>name/weight</c> [width, outputs], <c>name/bias</c> [1, outputs], <c>name/own/weight</c> [scenarios × width, outputs], which begin with 1, and <c>name/own/bias</c> [scenarios, outputs], with 0.</param>
    /// <param name="scenario">One id a row, from 0 to <paramref name="scenarios"/> − 1.</param>
    /// <param name="scenarios">How many there are.</param>
    /// <param name="outputs">Floats a row of the result.</param>
    public Node StarLinear(string name, IdNode scenario, int scenarios, int outputs)
    {
        var first = Initializer.FanIn(Width);
        return Graph.Add(new StarLinearOp(
            this, scenario, scenarios,
            Graph.Parameter(name + "/weight", Width, outputs, first), Graph.Parameter(name + "/bias", 1, outputs, first),
            Graph.Parameter(name + "/own/weight", scenarios * Width, outputs, Initializer.Ones), Graph.Parameter(name + "/own/bias", scenarios, outputs, Initializer.Zeros)));
    }
}

/// <summary>y = x (W ∘ W_p) + b + b_p: rows are brought together by scenario, and each scenario's are one product with weights multiplied once a step.</summary>
internal sealed unsafe class StarLinearOp(Node x, IdNode scenario, int scenarios, Parameter weight, Parameter bias, Parameter own, Parameter ownBias)
    : Op(weight.Columns, 1, [x]), IPacked
{
    private readonly Parameter[] _parameters = [weight, bias, own, ownBias];
    private readonly int _k = weight.Rows;
    private readonly int _n = weight.Columns;

    public override ReadOnlySpan<Parameter> Parameters => _parameters;

    public override IPacked? Packed => this;

    // inputs and outputs by scenario, and the rows that they are of
    public override int SavedPerRow => _k + _n + 1;

    // the gradient of one scenario's product of weights
    public override int SavedPerShard => weight.Length;

    public long PackedLength(bool training) => scenarios * (ForwardLength + (training ? BackwardLength : 0)) + weight.Length;

    public void Pack(float* packed, float* weights, bool training, int part, int parts)
    {
        if (part > 0) return;
        var product = packed + scenarios * (ForwardLength + (training ? BackwardLength : 0));
        for (var p = 0; p < scenarios; p++)
        {
            Elementwise.Multiply(product, weights + weight.Offset, weights + own.Offset + (long)p * weight.Length, weight.Length);
            Gemm.Pack(packed + p * ForwardLength, product, _n, _k, _n);
            if (training) Gemm.PackTransposed(packed + scenarios * ForwardLength + p * BackwardLength, product, _n, _k, _n);
        }
    }

    public override void Forward(Frame frame)
    {
        var starts = stackalloc int[scenarios + 1];
        var order = ScenarioRows.Sort(frame, scenario, scenarios, starts, Order(frame));
        Gather(Gathered(frame), frame.Value(x), order, frame.Rows, _k);
        for (var p = 0; p < scenarios; p++)
            if (starts[p + 1] > starts[p])
                Gemm.Multiply(Outputs(frame) + (long)starts[p] * _n, _n, Gathered(frame) + (long)starts[p] * _k, _k, frame.Packed[Output.Index] + p * ForwardLength, null,
                    starts[p + 1] - starts[p], _k, _n, relu: false, accumulate: false);
        for (var i = 0; i < frame.Rows; i++)
        {
            var y = frame.Value(Output) + (long)order[i] * _n;
            Elementwise.Add(y, Outputs(frame) + (long)i * _n, frame.Weights(bias), _n);
            Elementwise.AddTo(y, frame.Weights(ownBias) + (long)frame.Ids(scenario)[order[i]] * _n, _n);
        }
    }

    public override void Backward(Frame frame)
    {
        var starts = stackalloc int[scenarios + 1];
        var order = ScenarioRows.Sort(frame, scenario, scenarios, starts, Order(frame));
        var inputs = Gathered(frame);
        var dy = Outputs(frame);
        var product = frame.ShardSaved(this);
        Gather(dy, frame.Gradient(Output), order, frame.Rows, _n);
        var dw = frame.ContributeCleared(weight);
        var down = frame.ContributeCleared(own);
        var dbown = frame.ContributeCleared(ownBias);
        Elementwise.AddBiasGradient(frame.ContributeCleared(bias), dy, _n, frame.Rows, _n, accumulate: true);
        var dx = frame.Contribute(x, out var add);
        for (var p = 0; p < scenarios; p++)
        {
            var rows = starts[p + 1] - starts[p];
            if (rows == 0) continue;
            var inputsHere = inputs + (long)starts[p] * _k;
            var dyHere = dy + (long)starts[p] * _n;
            var at = (long)p * weight.Length;
            Elementwise.AddBiasGradient(dbown + (long)p * _n, dyHere, _n, rows, _n, accumulate: true);
            Gemm.WeightGradient(product, _n, inputsHere, _k, dyHere, _n, rows, _k, _n, false);
            Elementwise.MultiplyAddTo(dw, product, frame.Weights(own) + at, weight.Length);
            Elementwise.MultiplyAddTo(down + at, product, frame.Weights(weight), weight.Length);
            // the inputs are done with; their gradient takes their place
            if (dx is not null)
                Gemm.Multiply(inputsHere, _k, dyHere, _n, frame.Packed[Output.Index] + scenarios * ForwardLength + p * BackwardLength, null, rows, _n, _k, relu: false, accumulate: false);
        }

        for (var i = 0; dx is not null && i < frame.Rows; i++)
        {
            if (add) Elementwise.AddTo(dx + (long)order[i] * _k, inputs + (long)i * _k, _k);
            else Elementwise.Copy(dx + (long)order[i] * _k, inputs + (long)i * _k, _k);
        }
    }

    private static void Gather(float* to, float* from, int* order, int rows, int width)
    {
        for (var i = 0; i < rows; i++) Elementwise.Copy(to + (long)i * width, from + (long)order[i] * width, width);
    }

    private float* Gathered(Frame frame) => frame.Saved(this);

    private float* Outputs(Frame frame) => frame.Saved(this) + (long)frame.Rows * _k;

    private int* Order(Frame frame) => (int*)(frame.Saved(this) + (long)frame.Rows * (_k + _n));

    private long ForwardLength => AlignedBlock.Round((long)Gemm.PackedLength(_k, _n));

    private long BackwardLength => AlignedBlock.Round((long)Gemm.PackedLength(_n, _k));
}
