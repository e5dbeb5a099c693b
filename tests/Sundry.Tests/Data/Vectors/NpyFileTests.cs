using Sundry.Data;

namespace Sundry.Tests;

public sealed class NpyFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Rows_are_read_in_any_order(byte version)
    {
        using var file = Open(NpyBytes.Of([[1, 2, 3], [-4, 5.5f, 6]], version));
        Assert.Equal((2, 3), (file.Rows, file.Width));
        var row = new float[3];
        file.Read(1, row);
        Assert.Equal([-4, 5.5f, 6], row);
        file.Read(0, row);
        Assert.Equal([1, 2, 3], row);
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Read(2, row));
    }

    [Fact]
    public void Doubles_and_halves_become_floats()
    {
        var row = new float[2];
        using (var file = Open(NpyBytes.Of("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2), }", [.. BitConverter.GetBytes(0.5), .. BitConverter.GetBytes(-3e-8)]))) file.Read(0, row);
        Assert.Equal([0.5f, -3e-8f], row);
        using (var file = Open(NpyBytes.Of("{'descr': '<f2', 'fortran_order': False, 'shape': (1, 2), }", [.. BitConverter.GetBytes((Half)0.25), .. BitConverter.GetBytes((Half)(-7))]))) file.Read(0, row);
        Assert.Equal([0.25f, -7], row);
    }

    [Theory]
    [InlineData("{'descr': '>f4', 'fortran_order': False, 'shape': (1, 2), }", "type '>f4'")]
    [InlineData("{'descr': '<i8', 'fortran_order': False, 'shape': (1, 2), }", "type '<i8'")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1, 2), }", "type '|O'")]
    [InlineData("{'descr': '<f4', 'fortran_order': True, 'shape': (1, 2), }", "column by column")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", "two dimensions")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2, 1), }", "two dimensions")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 0), }", "0 numbers")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 70000), }", "70000 numbers")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }", "too short")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807, 65536), }", "too short")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999, 2), }", "two dimensions")]
    [InlineData("{'fortran_order': False, 'shape': (1, 2), }", "does not say")]
    [InlineData("print('hello')", "does not say")]
    public void A_header_that_cannot_be_is_refused_in_one_sentence(string header, string message) => Refused(NpyBytes.Of(header, new byte[8]), message);

    [Fact]
    public void A_file_that_is_none_or_cut_short_is_refused()
    {
        var whole = NpyBytes.Of([[1, 2], [3, 4]]);
        for (int length = 0; length < whole.Length; length++) Refused(whole[..length], "");
        Refused([.. "PK not a matrix"u8], "no .npy file");
        whole[6] = 9;
        Refused(whole, "version 9");
        var lying = NpyBytes.Of([[1, 2]], version: 2);
        lying[11] = 0xFF;
        Refused(lying, "longer than the file");
        Assert.Throws<InputException>(() => NpyFile.Open(_folder.Path("nothing.npy")));
    }

    [Fact]
    public void Damaged_headers_are_refused_or_read_and_nothing_else()
    {
        var random = new Random(3);
        var whole = NpyBytes.Of([[1, 2], [3, 4]]);
        for (int trial = 0; trial < 2000; trial++)
        {
            var bytes = (byte[])whole.Clone();
            for (int i = 0; i < 3; i++) bytes[random.Next(128)] = (byte)random.Next(256);
            try
            {
                using var file = Open(bytes);
                Assert.InRange(file.Rows * file.Width * 2, 0, 16);
            }
            catch (InputException)
            {
                // said in one sentence
            }
        }
    }

    [Fact]
    public void A_number_that_is_not_finite_is_refused_with_its_row()
    {
        using var file = Open(NpyBytes.Of([[1, 2], [3, float.NaN]]));
        var row = new float[2];
        file.Read(0, row);
        Assert.Contains("row 1", Assert.Throws<InputException>(() => file.Read(1, row)).Message, StringComparison.Ordinal);
    }

    private void Refused(byte[] bytes, string message)
    {
        var refused = Assert.Throws<InputException>(() => Open(bytes).Dispose());
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    private NpyFile Open(byte[] bytes)
    {
        File.WriteAllBytes(_folder.Path("m.npy"), bytes);
        return NpyFile.Open(_folder.Path("m.npy"));
    }
}
