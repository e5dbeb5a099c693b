using System.Text;
using Sundry.Data;
using Encoder = Sundry.Data.Encoder;

namespace Sundry.Tests;

public sealed class DatasetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(300)]
    [InlineData(9000)]
    public void Prepared_rows_and_encoded_rows_are_equal_to_the_bit(int rows)
    {
        _folder.Write("train.csv", ShopTable.Csv(rows));
        _folder.Write("valid.csv", ShopTable.Csv(rows / 3, 2));
        _folder.Write("test.csv", ShopTable.Csv(rows / 3, 3).Replace("u1", "new", StringComparison.Ordinal));
        using var data = Dataset.Prepare(ShopTable.Request(_folder, Given()));
        Encoder loaded;
        using (var memory = new MemoryStream())
        {
            data.Encoder.Save(memory);
            memory.Position = 0;
            loaded = Encoder.Load(memory);
        }

        Assert.Equal(rows, data.Train.Count);
        AssertEqual(data.Train, data.Encoder, "train.csv");
        AssertEqual(data.Train, loaded, "train.csv");
        AssertEqual(data.Validation, loaded, "valid.csv");
        AssertEqual(data.Test!, loaded, "test.csv");
    }

    [Fact]
    public void The_layout_names_every_column()
    {
        _folder.Write("train.csv", ShopTable.Csv(2000));
        using var data = Dataset.Prepare(ShopTable.Request(_folder, new DataOptions { Train = ["train.csv"], Weight = "w" }));
        var layout = data.Layout;
        Assert.Equal(["user", "brand", "price:bucket", "when:hour", "when:weekday", "when:month"], layout.Ids.Select(field => field.Name));
        Assert.Equal([51, 32, 34, 26, 9, 14], layout.Ids.Select(field => field.Rows));
        Assert.Equal([null, null, 3, null, null, null], layout.Ids.Select(field => field.Embedding));
        var bag = Assert.Single(layout.Bags);
        Assert.Equal(new BagField("tags", "tags", 13, null, Pooling.Max), bag);
        Assert.Equal(["price", "price:missing", "stock", "when:age", "when:missing"], layout.Numbers);
        Assert.Equal(["click", "dwell", "items", "mood"], layout.Tasks.Select(task => task.Name));
        Assert.Equal(["0", "1"], layout.Tasks[0].Classes);
        Assert.Equal(["bad", "good", "ugly"], layout.Tasks[3].Classes);
        Assert.Equal("cross_entropy", layout.Tasks[0].Loss);
        Assert.Equal("poisson", layout.Tasks[2].Loss);
        Assert.InRange(layout.Tasks[0].LabelMean, 0.2, 0.3);
        Assert.InRange(layout.Tasks[1].LabelMean, 45, 55);
        Assert.InRange(layout.Tasks[1].LabelDeviation, 25, 32);
        Assert.Equal(["user", "brand", "tags", "price", "stock", "when"], data.Encoder.InputColumns);
    }

    [Fact]
    public void Numbers_are_standardised_on_training_rows_and_always_finite()
    {
        _folder.Write("train.csv", ShopTable.Csv(3000));
        _folder.Write("valid.csv", ShopTable.Csv(300, 2));
        _folder.Write("test.csv", "user,brand,tags,price,stock,when,click,dwell,items,mood,w\nu1,x,,1e38,-1e38,2200-01-01,0,,0,bad,1\nu1,x,,-1e38,1e38,1900-01-01,0,,0,bad,1\n");
        using var data = Dataset.Prepare(ShopTable.Request(_folder, Given()));
        var batch = new Batch(data.Layout, 3000);
        data.Train.Fill(batch, 0, 3000);
        int columns = data.Layout.Numbers.Count;
        foreach (int column in new[] { 0, 2, 3 })
        {
            var values = Enumerable.Range(0, 3000).Select(row => (double)batch.Numbers[row * columns + column]).ToArray();
            Assert.InRange(values.Average(), -0.02, 0.02);
            Assert.InRange(Math.Sqrt(values.Average(value => value * value)), 0.9, 1.05);
        }

        data.Test!.Fill(batch, 0, 2);
        for (int i = 0; i < 2 * columns; i++) Assert.InRange(batch.Numbers[i], -8f, 8f);
        Assert.Equal(8f, batch.Numbers[columns + 2]);
    }

    [Fact]
    public void Encoders_know_nothing_of_validation_and_test_rows()
    {
        _folder.Write("train.csv", ShopTable.Csv(2000));
        _folder.Write("valid.csv", ShopTable.Csv(500, 2));
        _folder.Write("test.csv", ShopTable.Csv(500, 3));
        var first = Saved();
        _folder.Write("valid.csv", ShopTable.Csv(700, 4).Replace("b, ", "other ", StringComparison.Ordinal).Replace(",3,", ",99,", StringComparison.Ordinal));
        _folder.Write("test.csv", ShopTable.Csv(900, 5).Replace("t1", "q1", StringComparison.Ordinal));
        Assert.Equal(first, Saved());

        string Saved()
        {
            using var data = Dataset.Prepare(ShopTable.Request(_folder, Given()));
            using var memory = new MemoryStream();
            data.Encoder.Save(memory);
            return Encoding.UTF8.GetString(memory.ToArray());
        }
    }

    [Fact]
    public void Rare_and_unseen_values_share_row_0_and_missing_ones_have_their_own()
    {
        _folder.Write("train.csv", "c,y\n" + string.Concat(Enumerable.Repeat("a,0\nb,1\n,1\na,1\n", 25)) + "rare,0\n");
        _folder.Write("valid.csv", "c,y\na,0\nb,1\nnever,1\n,0\nrare,1\n");
        using var data = Dataset.Prepare(ShopTable.Request(
            _folder,
            new DataOptions { Train = ["train.csv"], Validation = new ValidationOptions { Files = ["valid.csv"] }, Split = new SplitOptions { Test = new Share(0) } },
            new() { ["c"] = new FeatureOptions { Kind = FeatureKind.Categorical } },
            new() { ["y"] = new TaskOptions() }));
        var batch = new Batch(data.Layout, 5);
        data.Validation.Fill(batch, 0, 5);
        Assert.Equal([2, 3, 0, 1, 0], batch.Ids);
        Assert.Null(data.Test);
        var summary = Assert.Single(data.Summary.Features);
        Assert.Equal((3, 25, 1, 4), (summary.Distinct, summary.Missing, summary.Unknown, summary.Rows));
        Assert.Equal([new ValueCount("a", 50), new ValueCount("b", 25)], summary.Top);
    }

    [Fact]
    public void Negatives_are_thinned_in_training_alone_and_the_rate_is_kept()
    {
        _folder.Write("train.csv", ShopTable.Csv(8000));
        var whole = new DataOptions { Train = ["train.csv"], Cache = "a" };
        var thinned = new DataOptions { Train = ["train.csv"], Cache = "b", Sampling = new SamplingOptions { Task = "click", Negatives = new Share(0.25) } };
        using var all = Dataset.Prepare(ShopTable.Request(_folder, whole));
        using var some = Dataset.Prepare(ShopTable.Request(_folder, thinned));
        var (before, after) = (Clicks(all.Train), Clicks(some.Train));
        Assert.Equal(before.Positives, after.Positives);
        Assert.InRange(after.Negatives / (double)before.Negatives, 0.23, 0.27);
        Assert.Equal(all.Validation.Count, some.Validation.Count);
        Assert.Equal(all.Test!.Count, some.Test!.Count);
        Assert.Equal(0.25, some.Layout.Tasks[0].NegativeKeepRate);
        Assert.Equal(1, some.Layout.Tasks[1].NegativeKeepRate);
        Assert.Equal(before.Negatives - after.Negatives, some.Summary.RowsSampledOut);

        static (int Positives, int Negatives) Clicks(EncodedTable table)
        {
            var labels = new float[table.Count];
            table.ReadLabels(0, labels);
            return (labels.Count(label => label == 1), labels.Count(label => label == 0));
        }
    }

    [Fact]
    public void A_task_is_NaN_outside_its_rows_and_where_its_label_is_missing()
    {
        _folder.Write("train.csv", ShopTable.Csv(2000));
        using var data = Dataset.Prepare(ShopTable.Request(_folder, new DataOptions { Train = ["train.csv"] }));
        var click = new float[data.Train.Count];
        var dwell = new float[data.Train.Count];
        data.Train.ReadLabels(0, click);
        data.Train.ReadLabels(1, dwell);
        for (int i = 0; i < click.Length; i++) Assert.True(click[i] == 1 || float.IsNaN(dwell[i]));
        var facts = data.Summary.Tasks[1].Splits[0];
        Assert.Equal(dwell.Count(float.IsNaN), facts.Masked);
        Assert.Equal(dwell.Length, facts.Masked + facts.Labelled);
        Assert.Equal(dwell.Where(label => !float.IsNaN(label)).Average(label => (double)label), facts.Mean!.Value, 1e-9);
        Assert.InRange(facts.Labelled / (double)click.Count(label => label == 1), 0.55, 0.75);
    }

    [Fact]
    public void A_split_by_user_leaks_no_user_and_one_by_time_no_future()
    {
        _folder.Write("train.csv", ShopTable.Csv(4000));
        var features = ShopTable.Features();
        features["user"] = new FeatureOptions { Kind = FeatureKind.Categorical, MinCount = 1 };
        using (var data = Dataset.Prepare(ShopTable.Request(_folder, new DataOptions { Train = ["train.csv"], Split = new SplitOptions { By = SplitRule.User, Column = "user" } }, features)))
        {
            // every user is in the vocabulary of training, so no id but the unknown one can come again
            Assert.All(Ids(data.Train), id => Assert.NotEqual(0, id));
            Assert.All(Ids(data.Validation), id => Assert.Equal(0, id));
            Assert.All(Ids(data.Test!), id => Assert.Equal(0, id));
        }

        var timed = ShopTable.Csv(4000).Split('\n').Where((line, i) => i == 0 || line.Contains(",2024-", StringComparison.Ordinal)).ToArray();
        int rows = timed.Length - 1;
        _folder.Write("timed.csv", string.Join('\n', timed));
        using (var data = Dataset.Prepare(ShopTable.Request(_folder, new DataOptions { Train = ["timed.csv"], Split = new SplitOptions { By = SplitRule.Time, Column = "when" } })))
        {
            Assert.Equal(rows, data.Train.Count + data.Validation.Count + data.Test!.Count);
            Assert.InRange(data.Test.Count / (double)rows, 0.195, 0.205);
            Assert.InRange(data.Validation.Count / (double)rows, 0.075, 0.085);
            int age = data.Layout.Numbers.ToList().IndexOf("when:age");
            Assert.True(Ages(data.Train, age).Min() > Ages(data.Validation, age).Max());
            Assert.True(Ages(data.Validation, age).Min() > Ages(data.Test, age).Max());
        }
    }

    [Fact]
    public void Weights_come_from_their_column()
    {
        _folder.Write("train.csv", ShopTable.Csv(500));
        using var data = Dataset.Prepare(ShopTable.Request(_folder, new DataOptions { Train = ["train.csv"], Weight = "w" }));
        var weights = new float[data.Train.Count];
        data.Train.ReadWeights(weights);
        Assert.All(weights, weight => Assert.InRange(weight, 1, 8));
        Assert.True(weights.Distinct().Count() > 5);
    }

    [Fact]
    public void Class_weights_are_counted_on_training_rows_or_given()
    {
        _folder.Write("train.csv", ShopTable.Csv(3000));
        var tasks = new Dictionary<string, TaskOptions>
        {
            ["click"] = new() { ClassWeights = new ClassWeightOptions { Rule = ClassWeightRule.Balanced } },
            ["mood"] = new() { Type = TaskType.Multiclass, ClassWeights = new ClassWeightOptions { ByClass = new() { ["ugly"] = 5 } } },
        };
        using var data = Dataset.Prepare(ShopTable.Request(_folder, new DataOptions { Train = ["train.csv"] }, null, tasks));
        var facts = data.Summary.Tasks[0].Splits[0];
        var weights = data.Layout.Tasks[0].ClassWeights!;
        Assert.Equal(facts.Labelled / (2.0 * facts.Positives), weights[1], 1e-12);
        Assert.Equal(facts.Labelled / (2.0 * (facts.Labelled - facts.Positives)), weights[0], 1e-12);
        Assert.Equal([1, 1, 5], data.Layout.Tasks[1].ClassWeights!);
    }

    [Fact]
    public void Useless_features_are_dropped_with_a_note()
    {
        _folder.Write("train.csv", "a,b,c,d,e,y\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"1,x,,id{i},{i},{i % 2}\n")));
        var features = new Dictionary<string, FeatureOptions>
        {
            ["a"] = new() { Kind = FeatureKind.Numeric },
            ["b"] = new() { Kind = FeatureKind.Categorical },
            ["c"] = new() { Kind = FeatureKind.Numeric },
            ["d"] = new() { Kind = FeatureKind.Categorical },
            ["e"] = new() { Kind = FeatureKind.Numeric },
        };
        using var data = Dataset.Prepare(ShopTable.Request(_folder, new DataOptions { Train = ["train.csv"] }, features, new() { ["y"] = new TaskOptions() }));
        Assert.Equal(["e"], data.Encoder.InputColumns);
        Assert.Contains("'a' is not used: it is the same in every training row.", data.Summary.Notes);
        Assert.Contains("'b' is not used: it is the same in every training row.", data.Summary.Notes);
        Assert.Contains("'c' is not used: it is missing in every training row.", data.Summary.Notes);
        Assert.Contains("'d' is not used: no value occurs in 2 training rows.", data.Summary.Notes);
    }

    [Fact]
    public void Columns_without_options_are_looked_at()
    {
        _folder.Write("train.csv", ShopTable.Csv(3000));
        var request = ShopTable.Request(_folder, new DataOptions { Train = ["train.csv"], Weight = "w" }, exclude: ["user"]) with { Features = null };
        using var data = Dataset.Prepare(request);
        var kinds = data.Summary.Features.ToDictionary(feature => feature.Name, feature => feature.Kind);
        Assert.Equal(["brand", "tags", "price", "stock", "when"], kinds.Keys);
        Assert.Equal(("categorical", "multi_categorical", "numeric", "date"), (kinds["brand"], kinds["tags"], kinds["price"], kinds["when"]));
    }

    [Fact]
    public void Bad_rows_are_skipped_counted_and_listed()
    {
        var text = new StringBuilder(ShopTable.Csv(300));
        text.Append("u1,x,,abc,1,2024-01-01,0,1,1,bad,1\n");
        text.Append("u1,x,,1,1,2024-01-01,2,1,1,bad,1\n");
        text.Append("u1,x,,1,1,2024-01-01,2,1,1,bad,1\n");
        text.Append("u1,x,,1,1,2024-01-01,0,1,-1,bad,1\n");
        text.Append("u1,x\n");
        text.Append("u1,x,,1,1,never,0,1,1,bad,1\n");
        text.Append("u1,x,,1,1,,0,1,1,bad,-1\n");
        _folder.Write("train.csv", text.ToString());
        using var data = Dataset.Prepare(ShopTable.Request(_folder, new DataOptions { Train = ["train.csv"], Weight = "w", OnBadRow = BadRowRule.Skip }));
        Assert.Equal(307, data.Summary.RowsRead);
        Assert.Equal(7, data.Summary.RowsRefused);
        Assert.Equal(300, data.Train.Count + data.Validation.Count + data.Test!.Count);
        Assert.Equal([302, 305, 306, 307, 308, 303], data.Summary.Refused.Select(row => row.Line));
        Assert.All(data.Summary.Refused, row => Assert.Equal("train.csv", row.File));
        Assert.Contains("7 of 307 rows could not be read and were left out.", data.Summary.Notes);
    }

    [Fact]
    public void Quoted_zipped_JSON_gives_the_same_rows_as_CSV()
    {
        var csv = ShopTable.Csv(400);
        _folder.Write("train.csv", csv);
        var json = new StringBuilder();
        using (var reader = TableReader.Open([_folder.Path("train.csv")]))
        {
            while (reader.Read())
            {
                var row = reader.Current;
                var pairs = new List<string>();
                for (int i = 0; i < row.Count; i++) pairs.Add($"\"{reader.Header[i]}\": {(row.Text(i).Length == 0 ? "null" : System.Text.Json.JsonSerializer.Serialize(row.Text(i)))}");
                json.Append('{').AppendJoin(", ", pairs).Append("}\n");
            }
        }

        File.WriteAllBytes(_folder.Path("train.jsonl.gz"), TableReaderTests.Gzip(json.ToString()));
        using var first = Dataset.Prepare(ShopTable.Request(_folder, new DataOptions { Train = ["train.csv"] }));
        using var second = Dataset.Prepare(ShopTable.Request(_folder, new DataOptions { Train = ["train.jsonl.gz"] }));
        var (a, b) = (new Batch(first.Layout, 400), new Batch(second.Layout, 400));
        first.Train.Fill(a, 0, first.Train.Count);
        second.Train.Fill(b, 0, second.Train.Count);
        Assert.Equal(a.Ids, b.Ids);
        Assert.Equal(a.Numbers, b.Numbers);
        Assert.Equal(a.BagOffsets[0], b.BagOffsets[0]);
    }

    [Fact]
    public void Cancelling_leaves_nothing_behind()
    {
        _folder.Write("train.csv", ShopTable.Csv(9000));
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        Assert.Throws<OperationCanceledException>(() => Dataset.Prepare(ShopTable.Request(_folder, new DataOptions { Train = ["train.csv"] }), null, cancel.Token));
        Assert.Empty(Directory.EnumerateDirectories(_folder.Path(".sundry")));
    }

    private static DataOptions Given() => new() { Train = ["train.csv"], Validation = new ValidationOptions { Files = ["valid.csv"] }, Test = ["test.csv"], Weight = "w" };

    private static int[] Ids(EncodedTable table)
    {
        var batch = new Batch(table.Layout, table.Count);
        table.Fill(batch, 0, table.Count);
        return [.. Enumerable.Range(0, table.Count).Select(row => batch.Ids[row * table.Layout.Ids.Count])];
    }

    private static float[] Ages(EncodedTable table, int column)
    {
        var batch = new Batch(table.Layout, table.Count);
        table.Fill(batch, 0, table.Count);
        return [.. Enumerable.Range(0, table.Count).Select(row => batch.Numbers[row * table.Layout.Numbers.Count + column])];
    }

    private void AssertEqual(EncodedTable table, Encoder encoder, string file)
    {
        var stored = new Batch(table.Layout, 128);
        var encoded = new Batch(encoder.Layout, 128);
        using var reader = TableReader.Open([_folder.Path(file)]);
        var rows = encoder.For(reader.Header, file);
        int start = 0;
        bool more = true;
        while (more)
        {
            encoded.Count = 0;
            while (encoded.Count < encoded.Capacity && (more = reader.Read())) rows.Append(encoded, reader.Current);
            table.Fill(stored, start, encoded.Count);
            start += encoded.Count;
            Assert.Equal(encoded.Count, stored.Count);
            Assert.Equal(encoded.Ids, stored.Ids);
            Assert.Equal(Bits(encoded.Numbers), Bits(stored.Numbers));
            Assert.Equal(Bits(encoded.Labels), Bits(stored.Labels));
            Assert.Equal(Bits(encoded.Weights), Bits(stored.Weights));
            for (int bag = 0; bag < stored.BagOffsets.Length; bag++)
            {
                Assert.Equal(encoded.BagOffsets[bag], stored.BagOffsets[bag]);
                int ids = encoded.BagOffsets[bag][encoded.Count];
                Assert.Equal(encoded.BagIds[bag][..ids], stored.BagIds[bag][..ids]);
            }
        }

        Assert.Equal(table.Count, start);
    }

    private static int[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToInt32Bits);
}
