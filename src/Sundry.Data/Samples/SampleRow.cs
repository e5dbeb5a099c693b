using System.Runtime.InteropServices;

namespace Sundry.Data;

/// <summary>One row that is made from a log.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct SampleRow
{
    /// <summary>The moment that the row is about; its features see what was before it.</summary>
    public long Time;

    /// <summary>The user, or -1.</summary>
    public int User;

    /// <summary>The item, or -1.</summary>
    public int Item;

    /// <summary>The event that the row is, or, of a sampled negative, was drawn for; -1 for a period.</summary>
    public int Event;

    /// <summary>Whether it is a negative that was drawn.</summary>
    public bool Sampled;
}
