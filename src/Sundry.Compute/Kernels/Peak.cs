using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sundry.Compute;

/// <summary>What this machine can do at most, measured: the yardstick for every other figure.</summary>
public static unsafe class Peak
{
    private const int CopyBytes = 64 << 20;

    /// <summary>The vector width that the kernels use here: 512, 256, 128, or 0 for scalar code.</summary>
    public static int VectorBits => Simd.Bits;

    /// <summary>Fused multiply-adds on registers alone, in GFLOP/s (10⁹ operations a second, one multiply-add being two), all threads together.</summary>
    /// <param name="threads">Threads that compute at the same time; at least 1.</param>
    /// <param name="tries">Repetitions of about a millisecond each, of which the best counts.</param>
    public static double MultiplyAdds(int threads = 1, int tries = 50)
    {
        const int loops = 100_000;
        var perLoop = 2.0 * 12 * Simd.Lanes;
        return Best(threads, tries, () => Chains(loops), perLoop * loops) / 1e9;
    }

    /// <summary>Copying between buffers far larger than the caches, in GB/s; a byte read and written counts once, all threads together.</summary>
    /// <param name="threads">Threads that copy at the same time; at least 1. Each takes 128 MB.</param>
    /// <param name="tries">Repetitions, of which the best counts.</param>
    public static double Copy(int threads = 1, int tries = 10)
    {
        var buffers = new nint[threads * 2];
        try
        {
            for (var i = 0; i < buffers.Length; i++)
            {
                buffers[i] = (nint)NativeMemory.AlignedAlloc(CopyBytes, 64);
                new Span<byte>((void*)buffers[i], CopyBytes).Fill((byte)i);
            }

            var next = -1;
            using var own = new ThreadLocal<int>(() => Interlocked.Increment(ref next));
            return Best(threads, tries, () => Buffer.MemoryCopy((void*)buffers[2 * own.Value], (void*)buffers[2 * own.Value + 1], CopyBytes, CopyBytes), CopyBytes) / 1e9;
        }
        finally
        {
            foreach (var buffer in buffers) NativeMemory.AlignedFree((void*)buffer);
        }
    }

    /// <summary>Amount per second of <paramref name="threads"/> threads that start each try together, the slowest deciding; the best try.</summary>
    private static double Best(int threads, int tries, Action work, double amount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(tries, 1);
        var best = double.MaxValue;
        var arrived = 0;
        var started = 0L;
        // waiting without sleep: threads that are woken for each try may share one core for the length of a try
        void Meet(int meeting)
        {
            Interlocked.Increment(ref arrived);
            while (Volatile.Read(ref arrived) < meeting * threads) Thread.SpinWait(1);
        }

        void Run(int thread)
        {
            work();
            for (var i = 0; i < tries; i++)
            {
                Meet(2 * i + 1);
                if (thread == 0) started = Stopwatch.GetTimestamp();
                work();
                Meet(2 * i + 2);
                if (thread == 0) best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalSeconds);
            }
        }

        var others = Enumerable.Range(1, threads - 1).Select(t => new Thread(() => Run(t)) { IsBackground = true }).ToArray();
        foreach (var other in others) other.Start();
        Run(0);
        foreach (var other in others) other.Join();
        return threads * amount / best;
    }

    private static float Chains(int loops) =>
        Simd.Bits == 512 ? Chains<V512>(loops)
        : Simd.Bits == 256 ? Chains<V256>(loops)
        : Simd.Bits == 128 ? Chains<V128>(loops)
        : Chains<V1>(loops);

    /// <summary>Twelve independent sums, more than any machine's latency times its units.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Chains<V>(int loops) where V : struct, IVector<V>
    {
        V a = V.Broadcast(0.999f), b = V.Broadcast(1e-3f);
        V c0 = a, c1 = a, c2 = a, c3 = a, c4 = a, c5 = a, c6 = a, c7 = a, c8 = a, c9 = a, c10 = a, c11 = a;
        for (var i = 0; i < loops; i++)
        {
            c0 = V.MultiplyAdd(c0, a, b);
            c1 = V.MultiplyAdd(c1, a, b);
            c2 = V.MultiplyAdd(c2, a, b);
            c3 = V.MultiplyAdd(c3, a, b);
            c4 = V.MultiplyAdd(c4, a, b);
            c5 = V.MultiplyAdd(c5, a, b);
            c6 = V.MultiplyAdd(c6, a, b);
            c7 = V.MultiplyAdd(c7, a, b);
            c8 = V.MultiplyAdd(c8, a, b);
            c9 = V.MultiplyAdd(c9, a, b);
            c10 = V.MultiplyAdd(c10, a, b);
            c11 = V.MultiplyAdd(c11, a, b);
        }

        return V.Sum(c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11);
    }
}
