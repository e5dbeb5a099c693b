using Sundry.Compute;

namespace Sundry.Models;

/// <summary>A softmax over experts, kept so that a report can say who listens to whom.</summary>
/// <param name="Level">The extraction level, from 1.</param>
/// <param name="Owner">Whose gate it is: a task's name, or <c>shared</c>.</param>
/// <param name="Weights">[rows, experts], each row adding up to 1.</param>
/// <param name="Experts">The experts' names, in the order of the columns.</param>
public sealed record Gate(int Level, string Owner, Node Weights, IReadOnlyList<string> Experts);
