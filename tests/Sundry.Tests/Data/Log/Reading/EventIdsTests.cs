using System.Globalization;
using System.Text;
using Sundry.Data;

namespace Sundry.Tests;

public sealed class EventIdsTests
{
    [Fact]
    public void Each_text_is_new_once()
    {
        var random = new Random(3);
        var known = new HashSet<string>(StringComparer.Ordinal);
        var ids = new EventIds();
        for (int i = 0; i < 20_000; i++)
        {
            string id = (i % 5) switch
            {
                0 => i.ToString(CultureInfo.InvariantCulture),
                1 => random.NextInt64(1L << 59).ToString(CultureInfo.InvariantCulture),
                2 => $"e{random.Next(4000)}",
                3 => random.Next(4000).ToString("0000", CultureInfo.InvariantCulture),
                _ => random.Next(20_000).ToString(CultureInfo.InvariantCulture),
            };
            Assert.Equal(known.Add(id), IsNew(ids, id));
        }
    }

    [Fact]
    public void Numbers_are_one_id_only_where_they_are_written_alike()
    {
        var ids = new EventIds();
        string[] all = ["7", "07", "+7", "7.0", "0", "00", "-0", "999999999999999999", "9999999999999999999999", "9999999999999999999998", "7 "];
        Assert.All(all, id => Assert.True(IsNew(ids, id)));
        Assert.All(all, id => Assert.False(IsNew(ids, id)));
    }

    [Fact]
    public void Numbers_that_count_up_cost_next_to_nothing()
    {
        var ids = new EventIds();
        Span<byte> text = stackalloc byte[20];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000_000; i++)
        {
            i.TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
            ids.TryTake(text[..length], out _);
        }

        // the bits of a million are 125 kB, doubled until there, and the list of their pages
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    private static bool IsNew(EventIds ids, string text)
    {
        Assert.True(ids.TryTake(Encoding.UTF8.GetBytes(text), out bool isNew));
        return isNew;
    }
}
