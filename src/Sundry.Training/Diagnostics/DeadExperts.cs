namespace Sundry.Training;

/// <summary>Experts that no gate leans on.</summary>
public static class DeadExperts
{
    /// <summary>An expert is called dead where every gate that sees it gives it less than this share of an even split.</summary>
    public const double Share = .1;

    /// <summary>The dead experts of every level.</summary>
    public static IReadOnlyList<(int Level, string Expert)> Of(IReadOnlyList<GateUse> gates)
    {
        var dead = new List<(int, string)>();
        foreach (var level in gates.GroupBy(gate => gate.Level).OrderBy(level => level.Key))
            foreach (var expert in level.SelectMany(gate => gate.Experts).Distinct())
                if (level.All(gate => !(Weight(gate, expert) >= Share / gate.Experts.Count)))
                    dead.Add((level.Key, expert));
        return dead;
    }

    /// <summary>What a gate gives to an expert; NaN where it does not see it.</summary>
    public static double Weight(GateUse gate, string expert)
    {
        for (var i = 0; i < gate.Experts.Count; i++)
            if (gate.Experts[i] == expert)
                return gate.Weights[i];
        return double.NaN;
    }
}
