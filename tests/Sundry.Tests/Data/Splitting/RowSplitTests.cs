using System.Text;
using Sundry.Data;

namespace Sundry.Tests;

public sealed class RowSplitTests
{
    [Fact]
    public void Random_parts_have_their_shares_and_depend_on_the_seed()
    {
        var split = new RowSplit(SplitRule.Random, 0.2, 0.1, 1);
        var other = new RowSplit(SplitRule.Random, 0.2, 0.1, 2);
        var counts = new int[3];
        int same = 0;
        for (int row = 0; row < 100_000; row++)
        {
            var part = split.Of(row, default);
            counts[(int)part]++;
            Assert.Equal(part, split.Of(row, default));
            if (part == other.Of(row, default)) same++;
        }

        Assert.InRange(counts[2], 19_500, 20_500);
        Assert.InRange(counts[1], 7_600, 8_400);
        Assert.InRange(same, 50_000, 60_000);
    }

    [Fact]
    public void A_user_is_in_one_part()
    {
        var split = new RowSplit(SplitRule.User, 0.2, 0.1, 1);
        var parts = new HashSet<Part>();
        for (int user = 0; user < 1000; user++)
        {
            var name = Encoding.UTF8.GetBytes($"user {user}");
            var part = split.Of(user, name);
            parts.Add(part);
            for (int row = 0; row < 5; row++) Assert.Equal(part, split.Of(row * 7919, name));
        }

        Assert.Equal(3, parts.Count);
    }

    [Fact]
    public void The_newest_rows_are_test_rows_and_ties_stay_together()
    {
        var split = new RowSplit(SplitRule.Time, 0.2, 0.25, 1);
        var times = Enumerable.Range(0, 1000).Select(i => (long)(i / 10)).ToArray();
        foreach (long time in times) split.See(time);
        split.FitTimes("t");
        var parts = times.Select(split.OfTime).ToArray();
        Assert.Equal(600, parts.Count(part => part == Part.Train));
        Assert.Equal(200, parts.Count(part => part == Part.Validation));
        Assert.Equal(200, parts.Count(part => part == Part.Test));
        Assert.Equal(parts.Order(), parts);
    }

    [Fact]
    public void One_crowded_time_leaves_room_for_all_parts()
    {
        var split = new RowSplit(SplitRule.Time, 0.2, 0.1, 1);
        long[] times = [.. Enumerable.Repeat(1L, 900), .. Enumerable.Repeat(2L, 50), .. Enumerable.Repeat(3L, 50)];
        foreach (long time in times) split.See(time);
        split.FitTimes("t");
        Assert.Equal([Part.Train, Part.Validation, Part.Test], new long[] { 1, 2, 3 }.Select(split.OfTime));
    }

    [Fact]
    public void One_time_alone_cannot_be_split()
    {
        var split = new RowSplit(SplitRule.Time, 0.2, 0.1, 1);
        for (int i = 0; i < 10; i++) split.See(5);
        var error = Assert.Throws<InputException>(() => split.FitTimes("when"));
        Assert.Equal("all rows have the same time in the column 'when', so they cannot be split by it; set data.split to random", error.Message);
    }
}
