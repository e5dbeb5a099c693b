using System.Runtime.InteropServices;

namespace Sundry.Data;

/// <summary>What a row sees of a stream.</summary>
/// <param name="Start">Its first entry.</param>
/// <param name="End">Behind its last entry.</param>
/// <param name="Time">The row's time in seconds since 1970, by which ages are told.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct RowWindow(int Start, int End, uint Time)
{
    /// <summary>How many rows a table of ages has: none for the unknown, one for each power of two of seconds.</summary>
    public const int AgeRows = 34;

    /// <summary>The id of an age: 1 + ⌊log₂(1 + seconds)⌋; what is not past is 0 seconds old.</summary>
    public static int Age(uint now, uint then) => 1 + System.Numerics.BitOperations.Log2(1UL + (now > then ? now - then : 0));
}
