using Sundry.Compute;

namespace Sundry.Tests;

/// <summary>What each op and each loss is, as its equation reads.</summary>
internal static class ReferenceRules
{
    private const double Epsilon = 1e-5;

    public static Dual[] Value(Op op, DoubleReference.Numbers n)
    {
        var x = op.Inputs.Length > 0 ? n.Of(op.Inputs[0]) : [];
        var y = op.Inputs.Length > 1 ? n.Of(op.Inputs[1]) : [];
        var width = op.Inputs.Length > 0 ? op.Inputs[0].Width : 0;
        var groups = op.Inputs.Length > 0 ? op.Inputs[0].Groups : 1;
        var each = width / groups;
        var rows = n.RowsOf(op.Output);
        var p = op.Parameters.ToArray().Select(n.Of).ToArray();
        return op switch
        {
            InputOp => n.Input(op.Output),
            LeafOp or InGroupsOp => x,
            ScaleGradientOp passing => [.. x.Select(v => new Dual(v.Value, passing.Part * v.Slope))],
            StopGradientOp => [.. x.Select(v => (Dual)v.Value)],
            LookupOp lookup => Lookup(lookup, n),
            PoolOp pool => Pool(pool, n),
            BroadcastOp => Fill((_, c) => p[0][c]),
            LinearOp => Fill((r, c) => Dot(width, i => x[r * width + i] * p[0][i * op.Width + c]) + (p.Length > 1 ? p[1][c] : 0)),
            GroupedLinearOp => Linears(k => k * each, p[1]),
            SameLinearOp => Linears(_ => 0, null),
            StarLinearOp => Fill((r, c) => p[1][c] + p[3][n.Scenario[r] * op.Width + c]
                + Dot(width, i => x[r * width + i] * p[0][i * op.Width + c] * p[2][(n.Scenario[r] * width + i) * op.Width + c])),
            MixOp => Mix(op, n),
            ReluOp => Each(v => v.Value > 0 ? v : 0),
            PReluOp => Fill((r, c) => x[r * width + c] is var v && v.Value > 0 ? v : v * p[0][c]),
            SiluOp => Each(v => v * Dual.Sigmoid(v)),
            TanhOp => Each(Dual.Tanh),
            SigmoidOp => Each(Dual.Sigmoid),
            SoftplusOp => Each(Dual.Softplus),
            SmoothStepOp => Each(v => v.Value <= -0.5 ? 0 : v.Value >= 0.5 ? 1 : 0.5 + 1.5 * v - 2 * v * v * v),
            ReciprocalOp reciprocal => Each(v => 1 / Dual.Max(v, reciprocal.Floor)),
            ScaleOp scale => Each(v => scale.Factor * v),
            AddOp => [.. x.Zip(y, (a, b) => a + b)],
            MultiplyOp => [.. x.Zip(y, (a, b) => a * b)],
            // log(pq / (1 − pq)), with 1 − pq as (1 − p) + p (1 − q), in which nothing cancels
            AndOp => [.. x.Zip(y, (a, b) => -Dual.Softplus(-a) - Dual.Softplus(-b) - Dual.Log(Dual.Sigmoid(-a) + Dual.Sigmoid(a) * Dual.Sigmoid(-b)))],
            ConcatOp or StackOp => [.. Enumerable.Range(0, rows).SelectMany(r => op.Inputs.SelectMany(i => n.Of(i).Skip(r * i.Width).Take(i.Width)))],
            SliceOp slice => Fill((r, c) => x[r * width + slice.Start + c]),
            ReduceOp reduce => Fill((r, g) => Dot(each, i => x[r * width + g * each + i]) * (reduce.Factor == 1 ? 1 : 1.0 / each)),
            SoftmaxOp => Softmax(each),
            TopSoftmaxOp top => Softmax(top.Count),
            LayerNormOp => Fill((r, c) => Normal(x[r * width + c], [.. x.Skip(r * width + c / each * each).Take(each)], p[0][c], p[1][c])),
            BatchNormOp => Fill((r, c) => Normal(x[r * width + c], [.. Enumerable.Range(0, rows).Select(i => x[i * width + c])], p[0][c], p[1][c])),
            PartitionedNormOp => Fill((r, c) => Partitioned(r, c)),
            CodesOp => Fill((r, at) => Enumerable.Range(0, each).Aggregate((Dual)1, (product, j) =>
                product * (x[r * width + (at >> each) * each + j] is var v && (at >> j & 1) == 1 ? v : 1 - v))),
            EntropyOp => Fill((r, g) => -Dot(each, i => x[r * width + g * each + i] is { Value: > 0 } v ? v * Dual.Log(v) : 0)),
            ImbalanceOp => Imbalance(),
            PerMeanOp => Fill((r, _) => x[r] / Dot(n.Rows, i => x[i] * y[i])),
            DistanceOp distance => Distance(distance.Blocks),
            DiceOp => Fill((r, c) => x[r * width + c] * (p[0][c] + (1 - p[0][c]) * Dual.Sigmoid(y[r * width + c]))),
            FactorPairsOp => Fill((r, c) => Dot(groups, i => Dot(i, j => x[r * width + i * each + c] * x[r * width + j * each + c]))),
            OuterGroupsOp => OuterGroups(op.Inputs[1].Width / groups),
            SumGroupsOp => Fill((r, c) => Dot(groups, g => x[r * width + g * each + c])),
            SwapGroupsOp => Fill((r, c) => x[r * width + c % groups * each + c / groups]),
            _ => SequenceRules.Value(op, n) ?? throw new NotSupportedException($"the reference has no rule for {op.GetType().Name}"),
        };

        Dual[] Fill(Func<int, int, Dual> value) => [.. Enumerable.Range(0, rows).SelectMany(r => Enumerable.Range(0, op.Width).Select(c => value(r, c)))];

        Dual[] Each(Func<Dual, Dual> value) => [.. x.Select(value)];

        // from which row on a group's weights begin
        Dual[] Linears(Func<int, int> start, Dual[]? bias) => Fill((r, at) =>
        {
            var outputs = op.Width / groups;
            var g = at / outputs;
            return Dot(each, i => x[r * width + g * each + i] * p[0][(start(g) + i) * outputs + at % outputs]) + (bias is null ? 0 : bias[at]);
        });

        Dual[] Softmax(int kept) => Fill((r, c) =>
        {
            var group = x.Skip(r * width + c / each * each).Take(each).ToArray();
            var least = group.OrderByDescending(v => v.Value).ElementAt(Math.Min(kept, each) - 1).Value;
            return x[r * width + c].Value < least ? 0 : Dual.Exp(x[r * width + c]) / Dual.Sum(group.Where(v => v.Value >= least).Select(Dual.Exp));
        });

        Dual[] OuterGroups(int other) => Fill((r, c) => x[r * width + c / other] * y[(r * groups + c / (each * other)) * other + c % other]);

        Dual Partitioned(int r, int c)
        {
            var of = n.Scenario;
            var at = of[r] * width + c;
            var rows = Enumerable.Range(0, n.Rows).Where(i => of[i] == of[r]).Select(i => x[i * width + c]).ToArray();
            var (scale, shift) = (p[0][c] * p[2][at], p[1][c] + p[3][at]);
            return rows.Length > 1 ? Normal(x[r * width + c], rows, scale, shift) : (x[r * width + c] - p[4][at]) / Dual.Sqrt(p[5][at] + Epsilon) * scale + shift;
        }

        Dual[] Imbalance()
        {
            var use = Enumerable.Range(0, width).Select(e => Dot(n.Rows, r => x[r * width + e])).ToArray();
            var mean = Dual.Sum(use) / width;
            return Fill((_, _) => Dual.Sum(use.Select(u => (u - mean) * (u - mean))) / width / (mean * mean));
        }

        Dual[] Distance(int blocks)
        {
            var length = p[0].Length / blocks;
            Dual sum = 0;
            for (var t = 0; t < blocks; t++)
                for (var s = 0; s < t; s++)
                    sum += Dot(length, i => p[0][t * length + i] - p[0][s * length + i] is var d ? d * d : 0);
            return Fill((_, _) => sum);
        }
    }

    public static Dual Value(Loss loss, DoubleReference.Numbers n)
    {
        var z = n.Of(loss.Prediction);
        var (label, weight) = (n.Of(loss.Label), n.Of(loss.Weight));
        var classes = loss.Prediction.Width;
        if (loss is WeightedSum sum) return Dual.Sum(z.Zip(n.Of(sum.Coefficients), (v, c) => v * c));
        Dual total = 0;
        for (var r = 0; r < n.Rows; r++)
            if (weight[r].Value != 0)
                total += weight[r] * Row(r);
        return total;

        Dual Row(int r) => loss switch
        {
            BinaryCrossEntropy => Dual.Softplus(z[r]) - label[r] * z[r],
            CrossEntropy => Dual.Log(Dual.Sum(z.Skip(r * classes).Take(classes).Select(Dual.Exp))) - z[r * classes + (int)label[r].Value],
            SquaredError => (z[r] - label[r]) * (z[r] - label[r]),
            PoissonLoss => Dual.Exp(z[r]) - label[r] * z[r],
            HuberLoss huber => z[r] - label[r] is var e && Math.Abs(e.Value) <= huber.Delta ? e * e / 2 : huber.Delta * ((e.Value < 0 ? -e : e) - huber.Delta / 2),
            MeanValue => z[r],
            _ => throw new NotSupportedException($"the reference has no rule for {loss.GetType().Name}"),
        };
    }

    internal static Dual Dot(int count, Func<int, Dual> term)
    {
        Dual sum = 0;
        for (var i = 0; i < count; i++) sum += term(i);
        return sum;
    }

    private static Dual Normal(Dual x, Dual[] among, Dual scale, Dual shift)
    {
        var mean = Dual.Sum(among) / among.Length;
        var variance = Dual.Sum(among.Select(v => (v - mean) * (v - mean))) / among.Length;
        return (x - mean) / Dual.Sqrt(variance + Epsilon) * scale + shift;
    }

    private static Dual[] Lookup(LookupOp op, DoubleReference.Numbers n)
    {
        var table = n.Of(op.Table);
        return [.. n.Ids(op.Ids).SelectMany(id => table.Skip(id * op.Table.Width).Take(op.Table.Width))];
    }

    private static Dual[] Pool(PoolOp op, DoubleReference.Numbers n)
    {
        var table = n.Of(op.Table);
        var width = op.Table.Width;
        var (offsets, ids) = n.Bag(op.Bag);
        return [.. Enumerable.Range(0, n.Rows).SelectMany(r => Enumerable.Range(0, width).Select(c =>
        {
            var bag = ids[offsets[r]..offsets[r + 1]].Select(id => table[id * width + c]).ToArray();
            if (bag.Length == 0) return 0;
            return op.Mode switch { PoolingMode.Max => bag.Aggregate(Dual.Max), PoolingMode.Mean => Dual.Sum(bag) / bag.Length, _ => Dual.Sum(bag) };
        }))];
    }

    private static Dual[] Mix(Op op, DoubleReference.Numbers n)
    {
        var gate = n.Of(op.Inputs[0]);
        var experts = op.Inputs[1..].SelectMany(block => Enumerable.Range(0, block.Groups).Select(e => (Value: n.Of(block), block.Width, Start: e * op.Width))).ToArray();
        return [.. Enumerable.Range(0, n.Rows).SelectMany(r => Enumerable.Range(0, op.Width).Select(c =>
            Dot(experts.Length, e => gate[r * experts.Length + e] * experts[e].Value[r * experts[e].Width + experts[e].Start + c])))];
    }
}
