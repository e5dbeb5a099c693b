using System.Text.RegularExpressions;
using Sundry.Data;
using Sundry.Serving;

namespace Sundry.Tests.Serving.Lists;

/// <summary>Every reason is checked against the events themselves, counted the plain way.</summary>
public sealed partial class ReasonsTests
{
    private const int Users = 40;
    private const int Items = 60;

    private readonly EventLog _log = ToyLog.Draw(4000, seed: 5, users: Users, items: Items);
    private readonly List<ShopEvent> _events;
    private readonly Dictionary<(byte Type, int Item), HashSet<int>> _people;
    private readonly int?[] _recent = new int?[Items];
    private readonly long _until;

    public ReasonsTests()
    {
        var all = new ShopEvent[_log.Count];
        _log.Read(0, all);
        _until = all[all.Length * 9 / 10].Time;
        _events = [.. all.Where(e => e.Time < _until)];
        _people = _events.Where(e => e.User >= 0).GroupBy(e => (e.Type, e.Item)).ToDictionary(g => g.Key, g => g.Select(e => e.User).ToHashSet());
    }

    [Fact]
    public void Every_reason_is_a_true_statement()
    {
        var reasons = new Reasons(_log, PastOfUsers.Of(_log, _until), _until);
        var kinds = new Dictionary<string, int>();
        for (var user = 0; user < Users; user++)
        {
            for (var item = 0; item < Items; item++)
            {
                foreach (var reason in reasons.Of(user, item, most: 9))
                {
                    var kind = Check(user, item, reason);
                    kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
                }

                Assert.InRange(reasons.Of(user, item).Count, 0, 2);
            }
        }

        // each kind was there to be checked, and none is said of everything
        Assert.Equal(["bought together", "clicked together", "like", "popular", "popular in"], kinds.Keys.Order());
        Assert.All(kinds.Values, count => Assert.InRange(count, 1, Users * Items - 1));
    }

    [Fact]
    public void What_happens_later_is_no_reason()
    {
        var past = PastOfUsers.Of(_log, _until);
        var without = new EventLog([.. _events]) { ItemColumns = _log.ItemColumns, Types = _log.Types, Users = _log.Users, Items = _log.Items };
        var (all, cut) = (new Reasons(_log, past, _until), new Reasons(without, PastOfUsers.Of(without, long.MaxValue), _until));
        for (var user = 0; user < Users; user++)
            for (var item = 0; item < Items; item++) Assert.Equal(cut.Of(user, item), all.Of(user, item));
    }

    [Fact]
    public void A_user_without_a_past_is_told_what_is_popular_alone()
    {
        var reasons = new Reasons(_log, PastOfUsers.Of(_log, _until), _until);
        var said = Enumerable.Range(0, Items).SelectMany(item => reasons.Of(Users + 5, item)).ToList();
        Assert.NotEmpty(said);
        Assert.All(said, reason => Assert.StartsWith("popular", reason, StringComparison.Ordinal));
    }

    // what kind of a reason it is; it fails where the reason is not true
    private string Check(int user, int item, string reason)
    {
        if (Together().Match(reason) is { Success: true } together)
        {
            Assert.Equal(together.Groups["did"].Value, together.Groups["they"].Value);
            var type = together.Groups["did"].Value == "bought" ? EventTypes.Purchase : EventTypes.Click;
            var own = _log.Items.Find(together.Groups["item"].Value);
            Assert.NotEqual(item, own);
            Assert.Contains(user, People(type, own));
            Assert.True(People(type, own).Intersect(People(type, item)).Count(other => other != user) >= 2, reason);
            return together.Groups["did"].Value + " together";
        }

        if (Like().Match(reason) is { Success: true } like)
        {
            var own = _log.Items.Find(like.Groups["item"].Value);
            Assert.NotEqual(item, own);
            Assert.Equal(Category(item), Category(own));
            Assert.Contains(user, People(like.Groups["did"].Value == "bought" ? EventTypes.Purchase : EventTypes.Click, own));
            return "like";
        }

        var category = reason == "popular" ? null : reason["popular in ".Length..];
        if (category is not null) Assert.Equal(category, Category(item));
        var rivals = Enumerable.Range(0, Items).Where(other => category is null || Category(other) == category).ToList();
        var most = Math.Min(category is null ? 20 : 10, rivals.Count / 2);
        Assert.True(Recent(item) >= 2 && rivals.Count(other => Recent(other) > Recent(item)) < most, reason);
        return category is null ? "popular" : "popular in";
    }

    private IReadOnlyCollection<int> People(byte type, int item) => _people.GetValueOrDefault((type, item), []);

    private int Recent(int item) => _recent[item] ??= _events
        .Where(e => e.Item == item && e.User >= 0 && e.Type is EventTypes.Click or EventTypes.Cart or EventTypes.Purchase && e.Item == item && e.Time >= _until - 28 * ToyLog.Day)
        .Select(e => e.User).Distinct().Count();

    private string? Category(int item) => _log.ItemColumns[0][item] is >= 0 and var text ? _log.ItemColumns[0].Values.Text(text) : null;

    [GeneratedRegex("^(?<did>bought|clicked) by people who (?<they>bought|clicked) (?<item>i[0-9]+)$")]
    private static partial Regex Together();

    [GeneratedRegex("^like (?<item>i[0-9]+), which you (?<did>bought|clicked)$")]
    private static partial Regex Like();
}
