using Sundry.Compute;

namespace Sundry.Models;

/// <summary>A softmax over experts, kept so that a report can say who listens to whom.</summary>
/// <param name="Name">Whose gate it is: the task, with the level before it where there are several.</param>
/// <param name="Weights">[rows, experts], each row adding up to 1.</param>
/// <param name="Experts">The experts' names, in the order of the columns.</param>
public sealed record Gate(string Name, Node Weights, IReadOnlyList<string> Experts);
