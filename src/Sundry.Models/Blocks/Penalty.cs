using Sundry.Compute;

namespace Sundry.Models;

/// <summary>A term of the loss that belongs to no task: it has a weight of its own and takes no part in the balancing of tasks.</summary>
/// <param name="Name">What it is, such as <c>distance/0</c> or <c>at_most/buy/click</c>.</param>
/// <param name="Loss">Its mean over the rows.</param>
/// <param name="Weight">What it counts.</param>
public sealed record Penalty(string Name, Loss Loss, double Weight);
