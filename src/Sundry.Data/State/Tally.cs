using System.Runtime.CompilerServices;

namespace Sundry.Data;

/// <summary>A number that fades with time, and when it was last added to: eight bytes a counter.</summary>
internal struct Tally
{
    /// <summary>The sum as it was at <see cref="Time"/>.</summary>
    public float Sum;

    /// <summary>Seconds since 1970 of the last event; 0 before the first.</summary>
    public uint Time;

    /// <summary>A time in milliseconds as whole seconds, at least 1.</summary>
    public static uint Seconds(long time) => (uint)Math.Clamp(time / 1000, 1, uint.MaxValue);

    /// <summary>Adds to it.</summary>
    /// <param name="amount">What is added.</param>
    /// <param name="time">When, in seconds.</param>
    /// <param name="fading">1 / window in seconds; 0 for none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(float amount, uint time, float fading)
    {
        Sum = At(time, fading) + amount;
        Time = time;
    }

    /// <summary>The sum as it is at a time that is not before <see cref="Time"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly float At(uint time, float fading) => fading == 0 || time <= Time || Sum == 0 ? Sum : Sum * MathF.Exp(-(time - Time) * fading);
}
