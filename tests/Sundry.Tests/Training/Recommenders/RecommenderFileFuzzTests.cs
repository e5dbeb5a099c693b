using System.Buffers.Binary;
using System.Security.Cryptography;
using Sundry.Data;
using Sundry.Serving;
using Sundry.Training;

namespace Sundry.Tests.Training;

/// <summary>A recommender's file with a right checksum over wrong bytes, as no disk makes it: it is refused in one sentence, or scores, and takes no memory for what only lies are told about.</summary>
public sealed class RecommenderFileFuzzTests
{
    private const int Cases = 150;
    private const int HeadAt = 16;
    private const long MostBytes = 64 << 20;

    [Theory, MemberData(nameof(RecommendersTests.All), MemberType = typeof(RecommendersTests))]
    public void It_is_refused_or_scores(string name)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Path("r");
        var train = SmallShop.TwoTastes();
        RecommenderFile.Save(path, name, RecommendersTests.Small, RecommendersTests.Fitted(name, train, new FitRequest()), train);
        var whole = File.ReadAllBytes(path);
        var random = new Random(11);
        var (taken, refused) = (0, 0);
        for (var i = 0; i < Cases; i++)
        {
            File.WriteAllBytes(path, Forged(whole, random));
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                var (_, recommender, known) = RecommenderFile.Load(path);
                var scores = new float[Math.Max(1, known.ItemCount)];
                if (known.UserCount > 0 && known.ItemCount > 0) recommender.Score([0], scores);
                if (known.ItemCount > 0) recommender.Similar(0, 5);
                if (recommender is FactorModel factors) Searched(factors, known);
                (recommender as IDisposable)?.Dispose();
                taken++;
            }
            catch (InputException)
            {
                refused++;
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        }

        Assert.True(taken > 0 && refused > 0, $"{taken} were taken, {refused} were refused");
    }

    // as a server looks for items with it
    private static void Searched(FactorModel factors, Interactions known)
    {
        var vectors = new FactorVectors(factors, known.Users, known.Items);
        var row = new float[vectors.Width];
        for (var i = 0; i < known.ItemCount; i++)
            if (vectors.TryItem(known.Items[i], row)) Assert.All(row, x => Assert.True(float.IsFinite(x)));
    }

    // some bytes of the head or of the arrays are changed, and the checksum is made right
    private static byte[] Forged(byte[] whole, Random random)
    {
        var bytes = (byte[])whole.Clone();
        var head = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(HeadAt - sizeof(int)));
        var (arrays, end) = (HeadAt + head, bytes.Length - SHA256.HashSizeInBytes);
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            if (random.Next(3) == 0)
            {
                bytes[HeadAt + random.Next(head)] = (byte)"0123456789-.,:{}[]\"aeN"[random.Next(22)];
                continue;
            }

            int[] numbers = [0, -1, 1, int.MaxValue, int.MinValue, random.Next(), random.Next(100), BitConverter.SingleToInt32Bits(float.NaN), BitConverter.SingleToInt32Bits(float.PositiveInfinity)];
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(arrays + 4 * random.Next((end - arrays) / 4)), numbers[random.Next(numbers.Length)]);
        }

        SHA256.HashData(bytes.AsSpan(0, end), bytes.AsSpan(end));
        return bytes;
    }
}
