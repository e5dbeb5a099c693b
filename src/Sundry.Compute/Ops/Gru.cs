namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>
    /// Gated recurrent unit over the tokens of each row, from the first to the last; the state begins at 0 (Cho et al., 2014). [tokens, width] → the states [tokens, units]:
    /// r = σ(W_r x + U_r h + …), z = σ(W_z x + U_z h + …), n = tanh(W_n x + b + r (U_n h + c)), h' = (1 − z) n + z h, in the form and order of gates of cuDNN and PyTorch.
    /// </summary>
    /// <param name="name">Its parameters are called <c>name/input/weight</c> [width, 3 units], <c>name/input/bias</c>, <c>name/hidden/weight</c> [units, 3 units] and <c>name/hidden/bias</c>.</param>
    /// <param name="units">Width of the state.</param>
    /// <exception cref="ArgumentException">Its rows are those of the batch.</exception>
    public Node Gru(string name, int units)
    {
        var first = Initializer.FanIn(units);
        var input = OfTokens().Linear(name + "/input", 3 * units, initializer: first);
        return Graph.Add(new GruOp(input, Graph.Parameter(name + "/hidden/weight", units, 3 * units, first), Graph.Parameter(name + "/hidden/bias", 1, 3 * units, first)));
    }
}

/// <summary>
/// The recurrent half of a GRU: x holds what the inputs say to the gates r, z and n. Rows go step by step side by side, the longest first, so that those that still go on are
/// always the first of a matrix.
/// </summary>
internal sealed unsafe class GruOp(Node x, Parameter weight, Parameter bias) : Op(weight.Rows, 1, [x]), IPacked
{
    private readonly Parameter[] _parameters = [weight, bias];
    private readonly int _gates = weight.Columns;

    public override ReadOnlySpan<Parameter> Parameters => _parameters;

    public override IPacked? Packed => this;

    // the gates, and what the state says to the third of them
    public override int SavedPerRow => _gates + Width;

    public long PackedLength(bool training) => ForwardLength + (training ? BackwardLength : 0);

    public void Pack(float* packed, float* weights, bool training, int part, int parts)
    {
        Gemm.Pack(packed, weights + weight.Offset, _gates, Width, _gates, part, parts);
        if (training) Gemm.PackTransposed(packed + ForwardLength, weights + weight.Offset, _gates, Width, _gates, part, parts);
    }

    public override void Forward(Frame frame)
    {
        var order = Order(frame, frame.Scratch(2L * frame.Sequences + (long)frame.Sequences * (Width + _gates)));
        var state = (float*)(order + frame.Sequences);
        var said = state + (long)frame.Sequences * Width;
        var offsets = frame.Offsets(Tokens!);
        var active = Active(order, frame.Sequences, 0);
        Elementwise.Fill(state, 0, (long)active * Width);
        for (var step = 0; active > 0; active = Active(order, active, ++step))
        {
            Gemm.Multiply(said, _gates, state, Width, frame.Packed[Output.Index], frame.Weights(bias), active, Width, _gates, relu: false, accumulate: false);
            for (var i = 0; i < active; i++)
            {
                long token = offsets[Row(order[i])] - offsets[0] + step;
                var gates = frame.Saved(this) + token * SavedPerRow;
                var h = frame.Value(Output) + token * Width;
                GruGates.Forward(h, gates, frame.Value(x) + token * _gates, said + (long)i * _gates, state + (long)i * Width, Width);
                Elementwise.Copy(state + (long)i * Width, h, Width);
            }
        }
    }

    public override void Backward(Frame frame)
    {
        var (rows, tokens) = ((long)frame.Sequences, (long)frame.Rows);
        var order = Order(frame, frame.Scratch(2 * rows + rows * (Width + _gates) + tokens * (Width + 2 * _gates)));
        var carried = (float*)(order + rows);
        var said = carried + rows * Width;
        var before = said + rows * _gates;
        var all = before + tokens * Width;
        var offsets = frame.Offsets(Tokens!);
        var dx = frame.Contribute(x, out var add);
        if (dx is null || add) dx = all + tokens * _gates;
        Elementwise.Fill(carried, 0, rows * Width);
        for (var step = rows == 0 ? -1 : Length(order[0]) - 1; step >= 0; step--)
        {
            var active = Active(order, (int)rows, step);
            for (var i = 0; i < active; i++)
            {
                long token = offsets[Row(order[i])] - offsets[0] + step;
                var h = before + token * Width;
                if (step == 0) Elementwise.Fill(h, 0, Width);
                else Elementwise.Copy(h, frame.Value(Output) + (token - 1) * Width, Width);
                var dh = carried + (long)i * Width;
                Elementwise.AddTo(dh, frame.Gradient(Output) + token * Width, Width);
                var toState = said + (long)i * _gates;
                GruGates.Backward(dx + token * _gates, toState, dh, frame.Saved(this) + token * SavedPerRow, h, Width);
                Elementwise.Copy(all + token * _gates, toState, _gates);
            }

            Gemm.Multiply(carried, Width, said, _gates, frame.Packed[Output.Index] + ForwardLength, null, active, _gates, Width, relu: false, accumulate: true);
        }

        var dw = frame.Contribute(weight, out var addWeight);
        Gemm.WeightGradient(dw, _gates, before, Width, all, _gates, frame.Rows, Width, _gates, addWeight);
        var db = frame.Contribute(bias, out var addBias);
        Elementwise.AddBiasGradient(db, all, _gates, frame.Rows, _gates, addBias);
        if (add && frame.Contribute(x, out _) is var sum && sum is not null) Elementwise.AddTo(sum, dx, tokens * _gates);
    }

    // rows by falling length, of equal ones the first; a length and a row in one number
    private long* Order(Frame frame, float* room)
    {
        var order = (long*)room;
        var offsets = frame.Offsets(Tokens!);
        for (var r = 0; r < frame.Sequences; r++) order[r] = ((long)(offsets[r] - offsets[r + 1]) << 32) | (uint)r;
        new Span<long>(order, frame.Sequences).Sort();
        return order;
    }

    private static int Length(long entry) => -(int)(entry >> 32);

    private static int Row(long entry) => (int)entry;

    // how many of the rows have a token at this step
    private static int Active(long* order, int rows, int step)
    {
        int low = 0, high = rows;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Length(order[middle]) > step) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private long ForwardLength => AlignedBlock.Round((long)Gemm.PackedLength(Width, _gates));

    private long BackwardLength => AlignedBlock.Round((long)Gemm.PackedLength(_gates, Width));
}
