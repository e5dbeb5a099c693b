using Sundry.Serving;

namespace Sundry.Tests;

public sealed class ItemTableTests
{
    [Fact]
    public void Items_have_the_places_in_which_they_came()
    {
        var random = new Random(5);
        var table = new ItemTable();
        for (var round = 0; round < 50; round++)
        {
            table.Clear();
            var places = new Dictionary<int, int>();
            // numbers that lie together, far apart and on the same slot
            var range = random.Next(3) switch { 0 => 50, 1 => 100_000, _ => int.MaxValue };
            for (var i = 0; i < random.Next(2_000); i++)
            {
                var item = random.Next(range);
                Assert.Equal(places.TryGetValue(item, out var known) ? known : -1, table.Find(item));
                places.TryAdd(item, places.Count);
                Assert.Equal(places[item], table.Take(item));
                Assert.True(table.Has(item));
            }

            Assert.Equal(places.Count, table.Count);
            Assert.Equal(places.OrderBy(p => p.Value).Select(p => p.Key), table.Items.ToArray());
        }
    }

    [Fact]
    public void The_best_are_those_that_sorting_gives()
    {
        var random = new Random(6);
        var best = new BestItems();
        var into = new Candidate[300];
        for (var round = 0; round < 300; round++)
        {
            var most = random.Next(200);
            var all = Enumerable.Range(0, random.Next(400)).Select(i => new Candidate(i, random.Next(-3, 40) / 8f)).OrderBy(_ => random.Next()).ToArray();
            best.Begin(most);
            foreach (var (item, score) in all) best.Add(item, score);
            var count = best.Take(into);
            Assert.Equal(all.Where(c => c.Score > 0).OrderByDescending(c => c.Score).ThenBy(c => c.Item).Take(most), into[..count]);
        }
    }
}
