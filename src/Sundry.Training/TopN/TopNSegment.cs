namespace Sundry.Training;

/// <summary>How lists do for some users, or for some test items.</summary>
/// <param name="Name">new users, rare users, active users, cold items or tail items.</param>
/// <param name="Meaning">Who that is.</param>
/// <param name="Users">Users that count: those of the segment, or those with a test item of it.</param>
/// <param name="Recall">Mean recall; for items, of the test items of the segment alone.</param>
/// <param name="Ndcg">Mean NDCG; NaN for items, for a list is not of them alone.</param>
public sealed record TopNSegment(string Name, string Meaning, int Users, double Recall, double Ndcg);
