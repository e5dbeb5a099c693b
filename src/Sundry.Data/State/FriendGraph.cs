namespace Sundry.Data;

/// <summary>Every user's friends, both ways, one user after the other.</summary>
internal sealed class FriendGraph : IFriends
{
    private readonly int[] _starts;
    private readonly int[] _friends;

    public FriendGraph(IReadOnlyList<(int User, int Friend)> pairs)
    {
        int users = 0;
        foreach (var (user, friend) in pairs) users = Math.Max(users, Math.Max(user, friend) + 1);
        _starts = new int[users + 1];
        foreach (var (user, friend) in pairs)
        {
            _starts[user]++;
            _starts[friend]++;
        }

        for (int user = 0, sum = 0; user <= users; user++) (_starts[user], sum) = (sum, sum + _starts[user]);
        _friends = new int[pairs.Count * 2];
        var next = (int[])_starts.Clone();
        foreach (var (user, friend) in pairs)
        {
            _friends[next[user]++] = friend;
            _friends[next[friend]++] = user;
        }
    }

    /// <summary>The friends of a user.</summary>
    public ReadOnlySpan<int> Of(int user) => (uint)user < (uint)_starts.Length - 1 ? _friends.AsSpan(_starts[user].._starts[user + 1]) : default;
}
