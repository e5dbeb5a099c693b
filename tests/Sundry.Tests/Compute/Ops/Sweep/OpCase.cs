using Sundry.Compute;

namespace Sundry.Tests;

/// <summary>An op and its scalar twin.</summary>
/// <param name="Name">The op, with what is special in the case.</param>
/// <param name="Build">Makes the node from inputs that it asks the net for; the number is the width under trial.</param>
/// <param name="Twin">The same values by the plainest program in double: [rows, width of the node].</param>
/// <param name="Stops">Whether no gradient may reach the inputs.</param>
internal sealed record OpCase(string Name, Func<OpNet, int, Node> Build, Func<OpValues, double[]> Twin, bool Stops = false);
