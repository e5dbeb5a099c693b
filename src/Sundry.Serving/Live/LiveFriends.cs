using Sundry.Data;

namespace Sundry.Serving;

/// <summary>
/// Who is whose friend, as far as a state asks for it. A friendship holds once both have numbers; until then it waits by the names.
/// </summary>
internal sealed class LiveFriends(ShopState? state, Func<string, int> number) : ISavedPart
{
    private readonly Dictionary<string, HashSet<string>> _waiting = new(StringComparer.Ordinal);

    public string Name => "friends";

    /// <summary>Whether anybody asks for friends.</summary>
    public bool IsWanted => state is { HasFriends: true };

    /// <summary>Hears of a friendship, or of its end; returns whether that changed anything.</summary>
    public bool Take(StoredFriendship told)
    {
        if (!IsWanted) return false;
        var (user, friend) = (number(told.User), number(told.Friend));
        if (user >= 0 && friend >= 0) return state!.Befriend(user, [friend], !told.Removed);
        if (!told.Removed) return Wait(told.User, told.Friend) | Wait(told.Friend, told.User);
        StopWaiting(told.User, told.Friend);
        StopWaiting(told.Friend, told.User);
        return true;
    }

    /// <summary>A user has a number from now on.</summary>
    public void Numbered(string id, int user)
    {
        if (!_waiting.TryGetValue(id, out var others)) return;
        var there = others.Where(other => number(other) >= 0).ToList();
        foreach (var other in there)
        {
            StopWaiting(id, other);
            StopWaiting(other, id);
        }

        state!.Befriend(user, [.. there.Select(number)], are: true);
    }

    /// <summary>Whoever has no number yet and has left one of these marks is waited for no longer.</summary>
    public void ForgetWaiting(HashSet<string> marks, Func<string, byte[]> mark)
    {
        foreach (var id in _waiting.Keys.Where(id => marks.Contains(Convert.ToHexString(mark(id)))).ToList())
            foreach (var other in _waiting[id].ToList())
            {
                StopWaiting(id, other);
                StopWaiting(other, id);
            }
    }

    /// <summary>Lets go of a user: friends see nothing more of what was theirs.</summary>
    public void Forget(string id, int user)
    {
        if (!IsWanted) return;
        state!.Befriend(user, state.FriendsOf(user).ToArray(), are: false);
        if (!_waiting.Remove(id, out var others)) return;
        foreach (var other in others) StopWaiting(other, id);
    }

    public void Save(BinaryWriter to)
    {
        var pairs = IsWanted ? state!.Friends.ToList() : [];
        to.Write(pairs.Count);
        foreach (var (user, friend) in pairs)
        {
            to.Write(user);
            to.Write(friend);
        }

        var waiting = _waiting.SelectMany(one => one.Value.Where(other => string.CompareOrdinal(one.Key, other) < 0).Select(other => (User: one.Key, Friend: other)))
            .OrderBy(pair => pair.User, StringComparer.Ordinal).ThenBy(pair => pair.Friend, StringComparer.Ordinal).ToList();
        to.Write(waiting.Count);
        foreach (var (user, friend) in waiting)
        {
            to.Write(user);
            to.Write(friend);
        }
    }

    public void Load(BinaryReader from)
    {
        var pairs = new List<(int User, int Friend)>();
        for (var count = from.ReadInt32(); count > 0; count--)
        {
            var pair = (User: from.ReadInt32(), Friend: from.ReadInt32());
            if (pair.User < 0 || pair.Friend <= pair.User) throw new InvalidDataException("a friendship is between nobody");
            pairs.Add(pair);
        }

        state?.Recall(pairs);
        for (var count = from.ReadInt32(); count > 0; count--)
        {
            var (user, friend) = (from.ReadString(), from.ReadString());
            Wait(user, friend);
            Wait(friend, user);
        }
    }

    private bool Wait(string id, string other)
    {
        if (!_waiting.TryGetValue(id, out var others)) _waiting[id] = others = new(StringComparer.Ordinal);
        return others.Add(other);
    }

    private void StopWaiting(string id, string other)
    {
        if (_waiting.TryGetValue(id, out var others) && others.Remove(other) && others.Count == 0) _waiting.Remove(id);
    }
}
