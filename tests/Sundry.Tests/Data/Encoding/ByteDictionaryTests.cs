using System.Text;
using Sundry.Data;

namespace Sundry.Tests;

public sealed class ByteDictionaryTests
{
    [Fact]
    public void Numbers_keys_in_order_of_arrival()
    {
        var dictionary = new ByteDictionary();
        var keys = Enumerable.Range(0, 20_000).Select(i => new string((char)('a' + i % 26), i % 40) + i).Prepend("").ToArray();
        for (int round = 0; round < 2; round++)
            for (int i = 0; i < keys.Length; i++) Assert.Equal(i, dictionary.FindOrAdd(Encoding.UTF8.GetBytes(keys[i])));
        Assert.Equal(keys.Length, dictionary.Count);
        Assert.Equal(-1, dictionary.Find("none"u8));
        Assert.Equal(keys[17], Encoding.UTF8.GetString(dictionary[17]));
    }

    [Fact]
    public void The_hash_is_the_same_forever()
    {
        // splits, hashed features and caches on disk depend on these values
        Assert.Equal(Golden, new[] { "", "a", "abcd", "0123456789abcdef", "a text that is longer than sixteen bytes" }.Select(text => ByteHash.Of(Encoding.UTF8.GetBytes(text))));
        Assert.NotEqual(ByteHash.Of(5, 1), ByteHash.Of(5, 2));
        Assert.NotEqual(ByteHash.Of(5, 1), ByteHash.Of(6, 1));
    }

    [Fact]
    public void Hashes_of_neighbours_fill_the_unit_interval_evenly()
    {
        var counts = new int[10];
        for (int i = 0; i < 100_000; i++) counts[(int)(ByteHash.Unit(ByteHash.Of(i, 1)) * 10)]++;
        Assert.All(counts, count => Assert.InRange(count, 9_700, 10_300));
    }

    private static readonly ulong[] Golden = [4808886099364463827, 7852112099385141351, 16660349616727654048, 5052684117927911335, 4260712419081128397];
}
