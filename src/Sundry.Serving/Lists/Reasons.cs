using Sundry.Data;
using Sundry.Training;

namespace Sundry.Serving;

/// <summary>
/// Why an item stands in a user's list, as statements that are true of the log: <c>bought by people who bought X</c>, where at least two other users bought both and the user bought X (and
/// likewise for what was looked at); <c>like X, which you clicked</c>, where both are of one category; <c>popular in C</c> and <c>popular</c>, by how many users had to do with an item in the
/// last 28 days. They explain the list, not the model: what it weighed is not to be read off.
/// </summary>
public sealed class Reasons
{
    private const int Recent = 20;
    private const int LeastPeople = 2;
    private const int PopularOfCategory = 10;
    private const int PopularOfShop = 20;
    private const long PopularWindow = 28 * 86_400_000L;

    private readonly EventLog _log;
    private readonly PastOfUsers _past;
    private readonly Interactions _buyers;
    private readonly Interactions _lookers;
    private readonly NamedColumn? _categories;
    private readonly NamedColumn? _titles;
    private readonly int[] _people;
    private readonly bool[] _popular;
    private readonly bool[] _popularOfCategory;

    /// <summary>Counts what reasons are made of.</summary>
    /// <param name="log">The log, with the catalogue's columns <c>category</c> and <c>title</c> or <c>name</c>, where it has them.</param>
    /// <param name="past">What happened before the moment.</param>
    /// <param name="until">The moment.</param>
    public Reasons(EventLog log, PastOfUsers past, long until)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(past);
        (_log, _past) = (log, past);
        (_buyers, _lookers) = (past.Purchases.Transposed(), past.Looks.Transposed());
        _categories = log.ItemColumns.FirstOrDefault(c => c.Name == "category");
        _titles = log.ItemColumns.FirstOrDefault(c => c.Name is "title" or "name");
        _people = new int[log.Items.Count];
        for (var user = 0; user < past.All.UserCount; user++)
        {
            var items = past.All.ItemsOf(user);
            var times = past.All.TimesOf(user);
            for (var i = 0; i < items.Length; i++)
                if (times[i] >= until - PopularWindow) _people[items[i]]++;
        }

        (_popular, _popularOfCategory) = (new bool[_people.Length], new bool[_people.Length]);
        foreach (var item in Most(Enumerable.Range(0, _people.Length), PopularOfShop)) _popular[item] = true;
        if (_categories is null) return;
        foreach (var category in Enumerable.Range(0, _people.Length).Where(item => _categories[item] >= 0).GroupBy(item => _categories[item]))
            foreach (var item in Most(category, PopularOfCategory)) _popularOfCategory[item] = true;
    }

    /// <summary>How sentences call an item: by its title, where the catalogue has one.</summary>
    public string Name(int item) => _titles is { } titles && titles[item] is >= 0 and var text ? titles.Values.Text(text) : _log.Items.Text(item);

    /// <summary>The reasons for an item in a user's list, the best first.</summary>
    /// <param name="user">The user.</param>
    /// <param name="item">The item.</param>
    /// <param name="most">At most so many.</param>
    public IReadOnlyList<string> Of(int user, int item, int most = 2)
    {
        var reasons = new List<string>();
        if (Together(_past.Purchases, _buyers, user, item) is >= 0 and var bought) reasons.Add($"bought by people who bought {Name(bought)}");
        if (Alike(user, item) is { } alike) reasons.Add(alike);
        if (Together(_past.Looks, _lookers, user, item) is >= 0 and var looked) reasons.Add($"{_past.Words} by people who {(_past.Words == "chosen" ? "chose" : _past.Words)} {Name(looked)}");
        if (_popularOfCategory[item]) reasons.Add($"popular in {_categories!.Values.Text(_categories[item])}");
        if (_popular[item]) reasons.Add("popular");
        return reasons.Count > most ? reasons.GetRange(0, most) : reasons;
    }

    // of the user's newest items the one that most other people have in common with this one
    private static int Together(Interactions past, Interactions people, int user, int item)
    {
        if ((uint)user >= (uint)past.UserCount) return -1;
        var (best, found) = (LeastPeople - 1, -1);
        foreach (var own in Newest(past, user))
        {
            if (own == item) continue;
            var count = Common(people.ItemsOf(own), people.ItemsOf(item), user);
            if (count > best) (best, found) = (count, own);
        }

        return found;
    }

    private string? Alike(int user, int item)
    {
        if (_categories is null || _categories[item] < 0) return null;
        foreach (var (past, words) in new[] { (_past.Purchases, "bought"), (_past.Looks, _past.Words == "chosen" ? "chose" : _past.Words) })
        {
            if ((uint)user >= (uint)past.UserCount) continue;
            foreach (var own in Newest(past, user))
                if (own != item && _categories[own] == _categories[item]) return $"like {Name(own)}, which you {words}";
        }

        return null;
    }

    private static int[] Newest(Interactions past, int user)
    {
        var items = past.ItemsOf(user).ToArray();
        var times = past.TimesOf(user).ToArray();
        Array.Sort(times, items);
        Array.Reverse(items);
        return items.Length > Recent ? items[..Recent] : items;
    }

    // both ascend
    private static int Common(ReadOnlySpan<int> a, ReadOnlySpan<int> b, int without)
    {
        var count = 0;
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            if (a[i] < b[j]) i++;
            else if (a[i] > b[j]) j++;
            else
            {
                if (a[i] != without) count++;
                i++;
                j++;
            }
        }

        return count;
    }

    // at most so many and at most half, so that being popular is saying something
    private IEnumerable<int> Most(IEnumerable<int> items, int most)
    {
        int[] ordered = [.. items.OrderByDescending(item => _people[item])];
        return ordered.Take(Math.Min(most, ordered.Length / 2)).Where(item => _people[item] >= LeastPeople);
    }
}
