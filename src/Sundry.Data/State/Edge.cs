using System.Runtime.InteropServices;

namespace Sundry.Data;

/// <summary>An item beside a node of the shop's graph.</summary>
/// <param name="Item">The item's number.</param>
/// <param name="Time">When the edge was made, in seconds since 1970.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Edge(int Item, uint Time) : IEdge;
