namespace Sundry.Simulator;

/// <summary>Who knows whom: mostly customers of one circle, some of any. Friendship is mutual.</summary>
public sealed class Friends
{
    private const double WithinCircle = 0.85;
    private const int MostChosen = 5;

    private readonly int[] _starts;
    private readonly int[] _friends;

    /// <summary>Draws the friendships of a shop.</summary>
    public Friends(ShopOptions options)
    {
        var pairs = options.Circle > 0 ? Draw(options) : [];
        _starts = new int[options.Users + 1];
        foreach (var (user, friend) in pairs)
        {
            _starts[user + 1]++;
            _starts[friend + 1]++;
        }

        for (var user = 0; user < options.Users; user++) _starts[user + 1] += _starts[user];
        _friends = new int[_starts[^1]];
        var next = _starts[..^1];
        foreach (var (user, friend) in pairs)
        {
            _friends[next[user]++] = friend;
            _friends[next[friend]++] = user;
        }
    }

    /// <summary>The friends of a customer, by their place in <see cref="Shop.Customers"/>.</summary>
    public ReadOnlySpan<int> Of(int customer) => _friends.AsSpan(_starts[customer].._starts[customer + 1]);

    /// <summary>Circles of a shop; customer n is of circle n modulo this.</summary>
    internal static int Circles(ShopOptions options) => Math.Max(1, options.Users / options.Circle);

    private static (int User, int Friend)[] Draw(ShopOptions options)
    {
        var circles = Circles(options);
        var pairs = new HashSet<(int, int)>();
        for (var user = 0; user < options.Users; user++)
        {
            var draws = new SeededStream(options.Seed, Purpose.Friends, user);
            var circle = user % circles;
            var members = (options.Users - circle + circles - 1) / circles;
            for (var chosen = 1 + draws.Below(MostChosen); chosen > 0; chosen--)
            {
                var friend = draws.Chance(WithinCircle) ? circle + circles * draws.Below(members) : draws.Below(options.Users);
                if (friend != user) pairs.Add((Math.Min(user, friend), Math.Max(user, friend)));
            }
        }

        return [.. pairs.Order()];
    }
}
