namespace Sundry.Training;

/// <summary>What lists are like, whether right or not.</summary>
/// <param name="Coverage">The share of the catalogue that stands in at least one list.</param>
/// <param name="Novelty">Mean self-information of what is recommended, in bits: −log2 of the share (n + 1) / (users + 1) who had to do with the item in training.</param>
/// <param name="Diversity">1 − the mean likeness of two items of a list.</param>
/// <param name="Popularity">The mean share of users who had to do with a recommended item in training.</param>
/// <param name="Gini">How unequally lists are filled: 0 where every item of the catalogue stands in as many, near 1 where few items stand in all.</param>
public sealed record ListFigures(double Coverage, double Novelty, double Diversity, double Popularity, double Gini);
