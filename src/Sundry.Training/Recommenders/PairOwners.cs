namespace Sundry.Training;

/// <summary>The user of each pair.</summary>
internal static class PairOwners
{
    public static int[] Of(Interactions pairs)
    {
        var owners = new int[pairs.Count];
        for (var user = 0; user < pairs.UserCount; user++) owners.AsSpan(pairs.Offsets[user], pairs.Offsets[user + 1] - pairs.Offsets[user]).Fill(user);
        return owners;
    }
}
