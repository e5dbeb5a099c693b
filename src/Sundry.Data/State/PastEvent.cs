using System.Runtime.InteropServices;

namespace Sundry.Data;

/// <summary>One entry of a user's history.</summary>
/// <param name="Item">The item's number.</param>
/// <param name="Time">When, in seconds since 1970.</param>
/// <param name="Type">The event's type.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct PastEvent(int Item, uint Time, byte Type);
