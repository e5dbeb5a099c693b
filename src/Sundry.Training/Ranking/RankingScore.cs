namespace Sundry.Training;

/// <summary>How one order of the lists does.</summary>
/// <param name="Order">What the lists are ordered by: <c>value</c> for the formula, else a term.</param>
/// <param name="Goal">The goal's metric: mean NDCG over the lists that hold a gain, or mean revenue over all lists.</param>
/// <param name="Low">Lower end of its 95 % bootstrap interval over lists.</param>
/// <param name="High">Upper end.</param>
/// <param name="Ndcg">By term: NDCG of its own labels; null where no list holds one.</param>
public sealed record RankingScore(string Order, double Goal, double Low, double High, IReadOnlyDictionary<string, double?> Ndcg);
