using System.Runtime.CompilerServices;

namespace Sundry.Compute;

/// <summary>What the shards of a norm over the whole batch leave for one another, in the memory that an op keeps for each shard: sums in double, then mean and 1 / deviation.</summary>
internal static unsafe class NormStatistics
{
    private const double Epsilon = 1e-5;
    private const double Momentum = 0.1;
    private const int Rooms = 6;

    /// <summary>Floats that it takes of <see cref="Op.SavedPerShard"/>.</summary>
    public static int Length(int width) => (2 * Rooms + 2) * Padded(width);

    /// <summary>One of six places for a double a column. The first two are the shard's sums of the values and of their squares before <see cref="Settle"/>; the others are the op's own.</summary>
    public static double* Sums(Frame frame, Op op, int width, int which) => (double*)frame.ShardSaved(op) + which * Padded(width);

    /// <summary>The means, after <see cref="Settle"/>.</summary>
    public static float* Mean(Frame frame, Op op, int width) => frame.ShardSaved(op) + 2 * Rooms * Padded(width);

    /// <summary>1 / deviation, after <see cref="Settle"/>.</summary>
    public static float* Reciprocal(Frame frame, Op op, int width) => Mean(frame, op, width) + Padded(width);

    /// <summary>1 / √(variance + ε).</summary>
    public static double Reciprocal(double variance) => 1 / Math.Sqrt(variance + Epsilon);

    /// <summary>Takes the batch's statistics from the shards' sums, and brings the running ones up to them; in scoring, and for a single row, those that are running.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Settle(Frame frame, Op op, int width, Parameter mean, Parameter variance)
    {
        float* mu = Mean(frame, op, width), rstd = Reciprocal(frame, op, width);
        if (!frame.Training || frame.BatchRows <= 1)
        {
            for (var i = 0; i < width; i++)
            {
                mu[i] = frame.Weights(mean)[i];
                rstd[i] = (float)Reciprocal(frame.Weights(variance)[i]);
            }

            return;
        }

        double rows = frame.BatchRows;
        var first = frame == frame.Peers[0];
        for (var i = 0; i < width; i++)
        {
            var (sum, squares) = (Total(frame, op, width, 0, i), Total(frame, op, width, 1, i));
            var m = sum / rows;
            var v = Math.Max(squares / rows - m * m, 0);
            mu[i] = (float)m;
            rstd[i] = (float)Reciprocal(v);
            if (!first) continue;
            var running = frame.Weights(mean) + i;
            *running = (float)((1 - Momentum) * *running + Momentum * m);
            running = frame.Weights(variance) + i;
            *running = (float)((1 - Momentum) * *running + Momentum * v * rows / (rows - 1));
        }
    }

    /// <summary>A column's sum over all shards, in their order.</summary>
    public static double Total(Frame frame, Op op, int width, int which, int column)
    {
        double sum = 0;
        foreach (var peer in frame.Peers) sum += Sums(peer, op, width, which)[column];
        return sum;
    }

    private static int Padded(int width) => (int)AlignedBlock.Round(width);
}
