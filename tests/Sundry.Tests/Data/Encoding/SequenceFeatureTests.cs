using System.Globalization;
using Sundry.Data;
using Encoder = Sundry.Data.Encoder;

namespace Sundry.Tests;

/// <summary>Sequences, shared tables, crosses and pieces of numbers, from text to matrices: what is prepared, and what an encoder makes of the same rows later.</summary>
public sealed class SequenceFeatureTests : IDisposable
{
    private const string Header = "user,item,history,kinds,segment,brand,price,click\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Prepared_rows_and_encoded_rows_are_equal_to_the_bit()
    {
        _folder.Write("train.csv", Csv(900));
        using var data = Dataset.Prepare(Request(Features()));
        using var memory = new MemoryStream();
        data.Encoder.Save(memory);
        memory.Position = 0;
        var encoder = Encoder.Load(memory);
        var bag = data.Layout.Bags[0];
        Assert.Equal(bag, encoder.Layout.Bags[0]);
        Assert.Equal(("history", "item", 3), (bag.Name, bag.Table, bag.Length));
        Assert.Equal(data.Layout.Ids.Single(f => f.Name == "item").Rows, bag.Rows);
        Assert.Equal("history", data.Layout.Bags[1].Along);
        Assert.Equal("history", data.Layout.LeadOf(data.Layout.Bags[1]));
        Assert.Equal(data.Layout.Pieces, encoder.Layout.Pieces);
        Assert.Equal(["user", "item", "history", "kinds", "segment", "brand", "price"], encoder.InputColumns);

        using var reader = TableReader.Open([Path.Combine(_folder.Root, "train.csv")], new ReadOptions());
        var rows = encoder.For(reader.Header, "train.csv");
        var (all, one) = (new Batch(data.Layout, 900), new Batch(encoder.Layout, 900));
        while (reader.Read()) rows.Append(one, reader.Current);
        var width = data.Layout.Numbers.Count;
        data.Train.Fill(all, 0, data.Train.Count);
        string Row(Batch batch, int row) => string.Join(' ', batch.Ids[(row * 3)..((row + 1) * 3)].Select(i => i.ToString(CultureInfo.InvariantCulture)).Concat(batch.Numbers[(row * width)..((row + 1) * width)].Select(n => n.ToString("R", CultureInfo.InvariantCulture)))
            .Concat(Enumerable.Range(0, 2).Select(b => string.Join('|', batch.BagIds[b][batch.BagOffsets[b][row]..batch.BagOffsets[b][row + 1]]))));
        var known = Enumerable.Range(0, one.Count).Select(r => Row(one, r)).GroupBy(r => r).ToDictionary(g => g.Key, g => g.Count());
        for (var row = 0; row < all.Count; row++) Assert.True(known.ContainsKey(Row(all, row)), Row(all, row));
    }

    [Fact]
    public void The_newest_are_kept_and_what_is_missing_keeps_its_place()
    {
        _folder.Write("train.csv", Header + string.Concat(Enumerable.Range(0, 60).Select(r => $"u{r % 3},i{r % 4},i0|i1||i2|i3,a|b|c|d|e,s{r % 2},b{r % 3},{r},{r / 3 % 2}\n".Replace(r % 5 == 0 ? "i0|i1||i2|i3,a|b|c|d|e" : "never", ",", StringComparison.Ordinal))));
        using var data = Dataset.Prepare(Request(Features(), 0));
        var batch = new Batch(data.Layout, 60);
        data.Train.Fill(batch, 0, data.Train.Count);
        var item = data.Encoder.Features.Single(f => f.Name == "item").Vocabulary!;
        int[] newest = [item.Missing, item.Row("i2"u8), item.Row("i3"u8)];
        var full = 0;
        for (var row = 0; row < batch.Count; row++)
        {
            var ids = batch.BagIds[0][batch.BagOffsets[0][row]..batch.BagOffsets[0][row + 1]];
            if (ids.Length == 0) continue;
            full++;
            Assert.Equal(newest, ids);
        }

        Assert.True(full > 20);
    }

    [Fact]
    public void A_shared_vocabulary_is_counted_together()
    {
        // each item once as the row's and once in a history: once would be too rare
        _folder.Write("train.csv", Header + string.Concat(Enumerable.Range(0, 200).Select(r => $"u{r % 3},i{r},i{199 - r},a,s{r % 2},b{r % 3},{r},{r / 3 % 2}\n")));
        using var data = Dataset.Prepare(Request(Features(), 0));
        var rows = data.Layout.Ids.Single(f => f.Name == "item").Rows;
        Assert.True(rows > 120, $"{rows}");
        Assert.Equal(rows, data.Layout.Bags[0].Rows);
    }

    [Fact]
    public void A_cross_tells_pairs_apart()
    {
        _folder.Write("train.csv", Csv(900));
        var features = Features();
        features["both"] = new FeatureOptions { Kind = FeatureKind.Cross, Of = ["segment", "brand"] };
        using var data = Dataset.Prepare(Request(features));
        Assert.Equal(3 * 4 + 1, data.Layout.Ids.Single(f => f.Name == "both").Rows);
        features["both"] = new FeatureOptions { Kind = FeatureKind.Cross, Of = ["segment", "brand"], Hash = 1000 };
        using var hashed = Dataset.Prepare(Request(features));
        Assert.Equal(1001, hashed.Layout.Ids.Single(f => f.Name == "both").Rows);
    }

    [Fact]
    public void A_piecewise_number_crosses_its_intervals()
    {
        var encoder = new PiecewiseEncoder("price", null, [0, 10, 30, 40], indicator: true);
        float[] Of(float value)
        {
            var numbers = new float[4];
            encoder.Encode(value, numbers);
            return numbers;
        }

        Assert.Equal([0.5f, 0, 0, 0], Of(5));
        Assert.Equal([1, 0.25f, 0, 0], Of(15));
        Assert.Equal([1, 1, 1.5f, 0], Of(45));
        Assert.Equal([1, 1, 2, 0], Of(1e9f));
        Assert.Equal([-0.2f, 0, 0, 0], Of(-2));
        Assert.Equal([0, 0, 0, 1], Of(float.NaN));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        _folder.Write("train.csv", Csv(300));
        Refused("features.history.table names 'itm', which is no feature, and no other feature names it; did you mean 'item'?", "history", new() { Kind = FeatureKind.Sequence, Table = "itm" });
        Refused("which is numeric and has no vocabulary to share", "history", new() { Kind = FeatureKind.Sequence, Length = 3, Table = "price" });
        Refused("features.kinds.along names 'histroy', which is no feature", "kinds", new() { Kind = FeatureKind.Sequence, Along = "histroy" });
        Refused("features.kinds.along names 'item', which is no sequence", "kinds", new() { Kind = FeatureKind.Sequence, Along = "item" });
        Refused("has another length (50 and 3)", "kinds", new() { Kind = FeatureKind.Sequence, Along = "history" });
        Refused("the column 'brnd', named in features.cross.of", "cross", new() { Kind = FeatureKind.Cross, Of = ["segment", "brnd"] });
        Refused("'click' is the label of the task 'click' and cannot be part of one", "cross", new() { Kind = FeatureKind.Cross, Of = ["segment", "click"] });
        _folder.Write("train.csv", Header + string.Concat(Enumerable.Repeat("u1,i1,i1|i2,a,s0,b0,1,1\nu2,i2,i1,a,s1,b1,2,0\n", 50)));
        var uneven = Assert.Throws<InputException>(() => Dataset.Prepare(Request(Features())));
        Assert.Contains("'kinds' has 1 values and 'history', which it goes along with, 2", uneven.Message, StringComparison.Ordinal);
    }

    private void Refused(string message, string feature, FeatureOptions options)
    {
        var features = Features();
        features[feature] = options;
        Assert.Contains(message, Assert.Throws<InputException>(() => Dataset.Prepare(Request(features))).Message, StringComparison.Ordinal);
    }

    private static string Csv(int rows)
    {
        var random = new Random(1);
        return Header + string.Concat(Enumerable.Range(0, rows).Select(_ =>
        {
            var length = random.Next(6);
            string Joined(string letter, int of) => string.Join('|', Enumerable.Range(0, length).Select(_ => $"{letter}{random.Next(of)}"));
            return $"u{random.Next(9)},i{random.Next(20)},{Joined("i", 25)},{Joined("k", 3)},s{random.Next(3)},b{random.Next(4)},{random.Next(100)},{random.Next(2)}\n";
        }));
    }

    private static Dictionary<string, FeatureOptions> Features() => new()
    {
        ["user"] = new() { Kind = FeatureKind.Categorical },
        ["item"] = new() { Kind = FeatureKind.Categorical },
        ["history"] = new() { Kind = FeatureKind.Sequence, Length = 3, Table = "item" },
        ["kinds"] = new() { Kind = FeatureKind.Sequence, Length = 3, Along = "history", MinCount = 1 },
        ["cross"] = new() { Kind = FeatureKind.Cross, Of = ["segment", "brand"], Hash = 50 },
        ["price"] = new() { Kind = FeatureKind.Numeric, Encoding = NumericEncoding.Piecewise, Buckets = 7 },
    };

    private DataRequest Request(Dictionary<string, FeatureOptions> features, double test = 0.1) =>
        new(new DataOptions { Train = ["train.csv"], Split = new SplitOptions { Test = new Share(test) } }, features, [], new Dictionary<string, TaskOptions> { ["click"] = new() }, _folder.Root);
}
