using Sundry.Compute;

namespace Sundry.Tests;

/// <summary>What each op on the members of sequences is, as its equation reads: row by row, member by member.</summary>
internal static class SequenceRules
{
    /// <summary>Its value; null for an op that is none of these.</summary>
    public static Dual[]? Value(Op op, DoubleReference.Numbers n) => op switch
    {
        TokenLookupOp lookup => Rows(lookup, n),
        PositionsOp positions => Positions(positions, n),
        TargetLinearOp => Target(op, n),
        GruOp => Gru(op, n),
        SelfAttentionOp attention => Attention(attention, n),
        TokenSoftmaxOp => Softmax(op, n),
        TokenMixOp => Mix(op, n),
        TokenPoolOp pool => Pool(pool, n),
        _ => null,
    };

    private static Dual[] Rows(TokenLookupOp op, DoubleReference.Numbers n)
    {
        var table = n.Of(op.Table);
        return [.. n.Bag(op.Bag).Ids.SelectMany(id => table.Skip(id * op.Width).Take(op.Width))];
    }

    private static Dual[] Positions(PositionsOp op, DoubleReference.Numbers n)
    {
        var (x, p) = (n.Of(op.Inputs[0]), n.Of(op.Parameters[0]));
        var most = op.Parameters[0].Rows;
        var y = new Dual[x.Length];
        EachRow(op.Inputs[0], n, (_, first, end) =>
        {
            for (var t = first; t < end; t++)
            {
                var place = Math.Min(op.FromEnd ? end - 1 - t : t - first, most - 1);
                for (var c = 0; c < op.Width; c++) y[t * op.Width + c] = x[t * op.Width + c] + p[place * op.Width + c];
            }
        });
        return y;
    }

    // [v, e, v − e, v · e] W + b
    private static Dual[] Target(Op op, DoubleReference.Numbers n)
    {
        var (e, v, w, b) = (n.Of(op.Inputs[0]), n.Of(op.Inputs[1]), n.Of(op.Parameters[0]), n.Of(op.Parameters[1]));
        var d = op.Inputs[0].Width;
        var y = new Dual[n.RowsOf(op.Output) * op.Width];
        EachRow(op.Inputs[0], n, (r, first, end) =>
        {
            for (var t = first; t < end; t++)
            {
                var ofRow = v.Skip(r * d).Take(d).ToArray();
                var own = e.Skip(t * d).Take(d).ToArray();
                Dual[] all = [.. ofRow, .. own, .. ofRow.Zip(own, (a, c) => a - c), .. ofRow.Zip(own, (a, c) => a * c)];
                for (var o = 0; o < op.Width; o++) y[t * op.Width + o] = b[o] + ReferenceRules.Dot(4 * d, i => all[i] * w[i * op.Width + o]);
            }
        });
        return y;
    }

    // the inputs' part of the gates is an op of its own
    private static Dual[] Gru(Op op, DoubleReference.Numbers n)
    {
        var (x, u, c) = (n.Of(op.Inputs[0]), n.Of(op.Parameters[0]), n.Of(op.Parameters[1]));
        var k = op.Width;
        var y = new Dual[n.RowsOf(op.Output) * k];
        EachRow(op.Inputs[0], n, (_, first, end) =>
        {
            var h = new Dual[k];
            for (var t = first; t < end; t++)
            {
                var at = t;
                var before = h;
                Dual Said(int gate, int i) => c[gate * k + i] + ReferenceRules.Dot(k, j => before[j] * u[j * 3 * k + gate * k + i]);
                Dual Input(int gate, int i) => x[at * 3 * k + gate * k + i];
                h =
                [
                    .. Enumerable.Range(0, k).Select(i =>
                    {
                        var (r, z) = (Dual.Sigmoid(Input(0, i) + Said(0, i)), Dual.Sigmoid(Input(1, i) + Said(1, i)));
                        return (1 - z) * Dual.Tanh(Input(2, i) + r * Said(2, i)) + z * before[i];
                    }),
                ];
                h.CopyTo(y, t * k);
            }
        });
        return y;
    }

    private static Dual[] Attention(SelfAttentionOp op, DoubleReference.Numbers n)
    {
        var (q, k, v) = (n.Of(op.Inputs[0]), n.Of(op.Inputs[1]), n.Of(op.Inputs[2]));
        var d = op.Width / op.Heads;
        var y = new Dual[q.Length];
        EachRow(op.Inputs[0], n, (_, first, end) =>
        {
            for (var t = first; t < end; t++)
            {
                for (var head = 0; head < op.Heads; head++)
                {
                    var (at, start) = (t, head * d);
                    var seen = Enumerable.Range(first, (op.Causal ? t + 1 : end) - first).ToArray();
                    var weights = Shares([.. seen.Select(s => ReferenceRules.Dot(d, i => q[at * op.Width + start + i] * k[s * op.Width + start + i]) / Math.Sqrt(d))]);
                    for (var i = 0; i < d; i++) y[t * op.Width + start + i] = Dual.Sum(seen.Select((s, j) => weights[j] * v[s * op.Width + start + i]));
                }
            }
        });
        return y;
    }

    private static Dual[] Softmax(Op op, DoubleReference.Numbers n)
    {
        var x = n.Of(op.Inputs[0]);
        var y = new Dual[x.Length];
        EachRow(op.Inputs[0], n, (_, first, end) =>
        {
            for (var c = 0; c < op.Width; c++)
            {
                var shares = Shares([.. Enumerable.Range(first, end - first).Select(t => x[t * op.Width + c])]);
                for (var t = first; t < end; t++) y[t * op.Width + c] = shares[t - first];
            }
        });
        return y;
    }

    private static Dual[] Mix(Op op, DoubleReference.Numbers n)
    {
        var (w, x) = (n.Of(op.Inputs[0]), n.Of(op.Inputs[1]));
        var (k, width) = (op.Inputs[0].Width, op.Inputs[1].Width);
        var y = new Dual[n.Rows * op.Width];
        EachRow(op.Inputs[1], n, (r, first, end) =>
        {
            for (var c = 0; c < op.Width; c++)
                y[r * op.Width + c] = ReferenceRules.Dot(end - first, t => w[(first + t) * k + c / width] * x[(first + t) * width + c % width]);
        });
        return y;
    }

    private static Dual[] Pool(TokenPoolOp op, DoubleReference.Numbers n)
    {
        var x = n.Of(op.Inputs[0]);
        var y = new Dual[n.Rows * op.Width];
        EachRow(op.Inputs[0], n, (r, first, end) =>
        {
            for (var c = 0; c < op.Width && end > first; c++)
            {
                var sum = ReferenceRules.Dot(end - first, t => x[(first + t) * op.Width + c]);
                y[r * op.Width + c] = op.Mode switch
                {
                    TokenPooling.Mean => sum / (end - first),
                    TokenPooling.Last => x[(end - 1) * op.Width + c],
                    TokenPooling.First => x[first * op.Width + c],
                    _ => sum,
                };
            }
        });
        return y;
    }

    private static Dual[] Shares(Dual[] scores)
    {
        Dual[] powers = [.. scores.Select(Dual.Exp)];
        var sum = Dual.Sum(powers);
        return [.. powers.Select(power => power / sum)];
    }

    private static void EachRow(Node tokens, DoubleReference.Numbers n, Action<int, int, int> row)
    {
        var offsets = n.Offsets(tokens.Tokens!);
        for (var r = 0; r + 1 < offsets.Length; r++) row(r, offsets[r], offsets[r + 1]);
    }
}
