using System.Runtime.InteropServices;

namespace Sundry.Data;

/// <summary>An edge of which it is known whether it came before or after any other.</summary>
/// <param name="Item">The item's number.</param>
/// <param name="Time">When the edge was made, in seconds since 1970.</param>
/// <param name="Order">How many edges there were when it came, itself among them.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct OrderedEdge(int Item, uint Time, long Order) : IEdge;
