using System.Runtime.InteropServices;

namespace Sundry.Data;

/// <summary>Friends who come and go.</summary>
internal sealed class FriendLists : IFriends
{
    private readonly Dictionary<int, List<int>> _of = [];
    private readonly HashSet<(int User, int Friend)> _pairs = [];

    /// <inheritdoc/>
    public ReadOnlySpan<int> Of(int user) => _of.TryGetValue(user, out var friends) ? CollectionsMarshal.AsSpan(friends) : default;

    /// <summary>Makes two users friends, or undoes that; returns whether that is new.</summary>
    public bool Set(int user, int friend, bool are)
    {
        var pair = (Math.Min(user, friend), Math.Max(user, friend));
        if (user == friend || !(are ? _pairs.Add(pair) : _pairs.Remove(pair))) return false;
        Change(user, friend, are);
        Change(friend, user, are);
        return true;
    }

    /// <summary>All pairs in the order of their numbers, the smaller first.</summary>
    public IEnumerable<(int User, int Friend)> Pairs() => _pairs.Order();

    private void Change(int user, int friend, bool are)
    {
        if (!_of.TryGetValue(user, out var friends)) _of[user] = friends = [];
        if (are) friends.Add(friend);
        else friends.Remove(friend);
        if (friends.Count == 0) _of.Remove(user);
    }
}
