using System.Text;
using Sundry.Data;
using Sundry.Serving;

namespace Sundry.Tests;

public sealed class LiveFriendsTests
{
    private readonly Names _users = new();
    private readonly ShopState _state;
    private readonly LiveFriends _friends;

    public LiveFriendsTests() => (_state, _friends) = Make();

    [Fact]
    public void A_friendship_holds_once_both_have_numbers()
    {
        Tell("ada", "bob");
        Assert.Empty(_state.Friends);
        Number("ada");
        Assert.Empty(_state.Friends);
        Number("bob");
        Assert.Equal([(0, 1)], _state.Friends);
        // one that ended before it held
        Tell("ada", "cid");
        Tell("ada", "cid", removed: true);
        Number("cid");
        Assert.Equal([(0, 1)], _state.Friends);
        Tell("cid", "bob");
        Tell("ada", "bob", removed: true);
        Assert.Equal([(1, 2)], _state.Friends);
    }

    [Fact]
    public void What_is_saved_is_there_again_whoever_came_first()
    {
        Number("ada");
        Number("bob");
        Tell("ada", "bob");
        Tell("zoe", "ada");
        Tell("bob", "zoe");
        var (state, friends) = Make();
        friends.Load(new BinaryReader(new MemoryStream(Bytes(_friends))));
        Assert.Equal(Bytes(_friends), Bytes(friends));
        _users.FindOrAdd("zoe");
        friends.Numbered("zoe", 2);
        Assert.Equal([(0, 1), (0, 2), (1, 2)], state.Friends);
        using var odd = new MemoryStream();
        using (var writer = new BinaryWriter(odd, Encoding.UTF8, leaveOpen: true))
            foreach (var number in new[] { 1, 3, 2, 0 }) writer.Write(number);
        odd.Position = 0;
        Assert.Throws<InvalidDataException>(() => Make().Friends.Load(new BinaryReader(odd)));
    }

    [Fact]
    public void Whoever_is_forgotten_is_nobodys_friend_with_a_number_or_without()
    {
        Number("ada");
        Number("bob");
        Tell("ada", "bob");
        Tell("ada", "ghost");
        Tell("bob", "ghost");
        _friends.Forget("ada", 0);
        Assert.Empty(_state.Friends);
        Assert.DoesNotContain("ada", Encoding.UTF8.GetString(Bytes(_friends)), StringComparison.Ordinal);
        Assert.Contains("ghost", Encoding.UTF8.GetString(Bytes(_friends)), StringComparison.Ordinal);
        _friends.ForgetWaiting([Convert.ToHexString(Encoding.UTF8.GetBytes("ghost"))], Encoding.UTF8.GetBytes);
        Assert.DoesNotContain("ghost", Encoding.UTF8.GetString(Bytes(_friends)), StringComparison.Ordinal);
        Number("ghost");
        Assert.Empty(_state.Friends);
    }

    private static byte[] Bytes(LiveFriends friends)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true)) friends.Save(writer);
        return stream.ToArray();
    }

    private void Tell(string user, string friend, bool removed = false) => _friends.Take(new StoredFriendship(user, friend, removed, 1));

    private void Number(string user) => _friends.Numbered(user, _users.FindOrAdd(user));

    private (ShopState State, LiveFriends Friends) Make()
    {
        var of = new Sundry.Data.Neighbours("near", EdgeKind.Friends, ["click"], 5, EdgeSample.Recent, 0, 0);
        var state = new ShopState([], [], new EventLog([]), neighbours: [of], friendsChange: true);
        return (state, new LiveFriends(state, user => _users.Find(user)));
    }
}
