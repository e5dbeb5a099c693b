using System.Text;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Tests;

public sealed class SafeTensorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Tensors_are_read_by_name_and_shape()
    {
        using var file = Open(SafeTensorsBytes.Of(("a", [2, 3], [1, 2, 3, 4, 5, 6]), ("b.bias", [2], [-1, 0.5f])));
        Assert.Equal(["a", "b.bias"], file.Names.Order());
        Assert.Equal([2, 3], file.Shape("a"));
        Assert.Equal([-1, 0.5f], file.Read("b.bias", 2));
        Assert.Equal([1, 2, 3, 4, 5, 6], file.Read("a", 2, 3));
        Assert.True(file.Has("a"));
        Assert.False(file.Has("c"));
        Assert.Contains("[2, 3]", Assert.Throws<InputException>(() => file.Read("a", 3, 2)).Message, StringComparison.Ordinal);
        Assert.Contains("'c' is missing", Assert.Throws<InputException>(() => file.Read("c", 1)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("F64", new byte[] { 0, 0, 0, 0, 0, 0, 0xE0, 0xBF })]
    [InlineData("F16", new byte[] { 0, 0xB8 })]
    [InlineData("BF16", new byte[] { 0, 0xBF })]
    public void Other_widths_become_floats(string type, byte[] bytes)
    {
        using var file = Open(SafeTensorsBytes.Of($"{{\"a\":{{\"dtype\":\"{type}\",\"shape\":[1],\"data_offsets\":[0,{bytes.Length}]}}}}", bytes));
        Assert.Equal([-0.5f], file.Read("a", 1));
    }

    [Fact]
    public void Whole_numbers_are_listed_and_not_read()
    {
        using var file = Open(SafeTensorsBytes.Of("{\"position_ids\":{\"dtype\":\"I64\",\"shape\":[1,2],\"data_offsets\":[0,16]}}", new byte[16]));
        Assert.Equal([1, 2], file.Shape("position_ids"));
    }

    [Theory]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}", "not what its shape needs")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}", "outside the file")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}}", "outside the file")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}", "outside the file")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647,2147483647],\"data_offsets\":[0,8]}}", "not what its shape needs")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[65536,65536],\"data_offsets\":[0,0]}}", "not what its shape needs")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}", "negative")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1,1,1,1,1,1,1,1,2],\"data_offsets\":[0,8]}}", "9 dimensions")]
    [InlineData("{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[8],\"data_offsets\":[0,8]}}", "'F8_E4M3'")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8]}}", "begins and ends")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2.5],\"data_offsets\":[0,8]}}", "not JSON")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999],\"data_offsets\":[0,8]}}", "not JSON")]
    [InlineData("{\"a\":{\"shape\":[2],\"data_offsets\":[0,8]}}", "not JSON")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", "twice")]
    [InlineData("[1]", "not JSON")]
    [InlineData("{", "not JSON")]
    [InlineData("", "not JSON")]
    [InlineData("[[[[[[[[[[[[]]]]]]]]]]]]", "not JSON")]
    public void A_header_that_cannot_be_is_refused_in_one_sentence(string header, string message) => Refused(SafeTensorsBytes.Of(header, new byte[8]), message);

    [Fact]
    public void A_header_longer_than_the_file_is_refused_before_memory_is_taken()
    {
        foreach (long length in new[] { long.MinValue, -1, 1L << 40, int.MaxValue, 100L << 20, 200 }) Refused(SafeTensorsBytes.Of("{}", [], length), "header claims");
    }

    [Fact]
    public void A_file_cut_short_anywhere_is_refused()
    {
        var whole = SafeTensorsBytes.Of(("a", [2, 3], [1, 2, 3, 4, 5, 6]));
        for (int length = 0; length < whole.Length; length++) Refused(whole[..length], "");
    }

    [Fact]
    public void Damaged_headers_are_refused_or_read_and_nothing_else()
    {
        var random = new Random(5);
        var whole = SafeTensorsBytes.Of(("a", [2, 3], [1, 2, 3, 4, 5, 6]), ("b", [2], [1, 2]));
        int header = whole.Length - 32;
        for (int trial = 0; trial < 2000; trial++)
        {
            var bytes = (byte[])whole.Clone();
            for (int i = 0; i < 2; i++) bytes[random.Next(header)] = (byte)random.Next(256);
            try
            {
                using var file = Open(bytes);
                foreach (var name in file.Names)
                    if (file.Has(name)) file.Read(name, [.. file.Shape(name)]);
            }
            catch (InputException)
            {
                // said in one sentence
            }
        }
    }

    [Fact]
    public void A_number_that_is_not_finite_is_refused()
    {
        using var file = Open(SafeTensorsBytes.Of(("a", [2], [1, float.PositiveInfinity])));
        Assert.Contains("'a' holds", Assert.Throws<InputException>(() => file.Read("a", 2)).Message, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => SafeTensors.Open(_folder.Path("nothing.safetensors")));
    }

    private void Refused(byte[] bytes, string message)
    {
        var refused = Assert.Throws<InputException>(() => Open(bytes).Dispose());
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', Encoding.UTF8.GetBytes(refused.Message).Select(b => (char)b));
    }

    private SafeTensors Open(byte[] bytes)
    {
        File.WriteAllBytes(_folder.Path("m.safetensors"), bytes);
        return SafeTensors.Open(_folder.Path("m.safetensors"));
    }
}
