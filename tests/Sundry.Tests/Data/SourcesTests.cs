using Sundry.Data;
using Sundry.Tests.Training;
using Encoder = Sundry.Data.Encoder;

namespace Sundry.Tests;

public sealed class SourcesTests : IDisposable
{
    private readonly SourceTables _tables = new();

    public void Dispose() => _tables.Dispose();

    [Fact]
    public void Rows_of_each_source_lie_together_and_have_labels_of_its_own_tasks_alone()
    {
        var data = _tables.Prepare(SourceTables.Options());
        Assert.Equal(["main", "users", "reviews"], data.Layout.Sources.Select(s => s.Name));
        Assert.Equal(900, Total("main"));
        Assert.Equal(60, Total("users"));
        Assert.Equal(240, Total("reviews"));
        foreach (var table in new[] { data.Train, data.Validation, data.Test! })
        {
            Assert.Equal(table.Count, table.Sources.Sum(s => s.Count));
            for (var task = 0; task < 3; task++)
            {
                var labels = new float[table.Count];
                table.ReadLabels(task, labels);
                var own = table.RowsOf(data.Layout.Tasks[task]);
                Assert.True(own.Count > 0);
                for (var row = 0; row < labels.Length; row++)
                    Assert.Equal(row < own.First || row >= own.First + own.Count, float.IsNaN(labels[row]));
            }
        }

        int Total(string source) => new[] { data.Train, data.Validation, data.Test! }.Sum(t => t.Sources.Single(s => s.Source == source).Count);
    }

    [Fact]
    public void A_feature_of_several_sources_is_fitted_on_the_training_rows_of_all_and_one_that_a_source_lacks_has_a_value_of_its_own_there()
    {
        var data = _tables.Prepare(SourceTables.Options());
        var (layout, summary) = (data.Layout, data.Summary);
        Assert.Equal(["user", "hour", "price"], layout.Sources[0].Features);
        Assert.Equal(["user", "price", "age"], layout.Sources[1].Features);
        Assert.Equal(["user", "price", "words", "day"], layout.Sources[2].Features);
        // every user of any source is known: 900 visits of 60 users leave none out
        var user = Column("user");
        Assert.Equal(summary.Features.Single(f => f.Name == "user").Rows, layout.Ids[user].Rows);
        // four hours, the unknown one, and that of rows without an hour
        var hour = Column("hour");
        Assert.Equal(6, layout.Ids[hour].Rows);
        Assert.Equal(0, summary.Features.Single(f => f.Name == "hour").Missing);
        var batch = new Batch(layout, data.Train.Count);
        data.Train.Fill(batch, 0, data.Train.Count);
        var words = Enumerable.Range(0, layout.Bags.Count).Single(b => layout.Bags[b].Name == "words");
        foreach (var range in data.Train.Sources)
        {
            for (var row = range.First; row < range.First + range.Count; row++)
            {
                Assert.Equal(range.Source == "main", batch.Ids[row * layout.Ids.Count + hour] != 5);
                Assert.NotEqual(layout.Ids[user].Rows, batch.Ids[row * layout.Ids.Count + user]);
                Assert.Equal(range.Source == "reviews", batch.BagOffsets[words][row + 1] > batch.BagOffsets[words][row]);
                foreach (var number in Enumerable.Range(0, layout.Numbers.Count).Where(n => layout.Numbers[n].StartsWith("age", StringComparison.Ordinal) && range.Source != "users"))
                    Assert.Equal(0, batch.Numbers[row * layout.Numbers.Count + number]);
            }
        }

        int Column(string feature) => Enumerable.Range(0, layout.Ids.Count).Single(c => layout.Ids[c].Name == feature);
    }

    [Theory]
    [InlineData("main", "visits.csv")]
    [InlineData("users", "users.csv")]
    [InlineData("reviews", "reviews.csv")]
    public void A_row_is_encoded_alike_in_preparing_and_in_serving_also_by_an_encoder_that_was_saved(string source, string file)
    {
        var data = _tables.Prepare(SourceTables.Options(sources: "users: {train: users.csv, split: {test: 0%}, validation: users.csv}, reviews: {train: reviews.csv, split: {test: 0%}, validation: reviews.csv}", main: "split: {test: 0%}, validation: visits.csv"));
        using var saved = new MemoryStream();
        data.Encoder.Save(saved);
        saved.Position = 0;
        var encoder = Encoder.Load(saved);
        Assert.Equal(data.Layout.Ids, encoder.Layout.Ids);
        using var reader = TableReader.Open([_tables.Folder.Path(file)]);
        var rows = encoder.For(reader.Header, file, source);
        var range = data.Train.Sources.Single(s => s.Source == source);
        var (one, all) = (new Batch(encoder.Layout, range.Count), new Batch(encoder.Layout, range.Count));
        while (reader.Read()) rows.Append(one, reader.Current);
        data.Train.Fill(all, range.First, range.Count);
        Assert.Equal(range.Count, one.Count);
        Assert.Equal(all.Ids, one.Ids);
        Assert.Equal(all.Numbers, one.Numbers);
        Assert.Equal(all.Labels, one.Labels);
        for (var bag = 0; bag < one.BagOffsets.Length; bag++)
        {
            Assert.Equal(all.BagOffsets[bag], one.BagOffsets[bag]);
            Assert.Equal(all.BagIds[bag][..all.BagOffsets[bag][^1]], one.BagIds[bag][..one.BagOffsets[bag][^1]]);
        }
    }

    [Fact]
    public void By_user_a_user_goes_to_the_same_part_in_every_source()
    {
        var data = _tables.Prepare(SourceTables.Options());
        var layout = data.Layout;
        var user = Enumerable.Range(0, layout.Ids.Count).Single(c => layout.Ids[c].Name == "user");
        var trained = Users(data.Train).SelectMany(u => u).Where(u => u != 0).ToHashSet();
        // a user who is tested on is in no training row, so that it is the unknown one
        Assert.All(Users(data.Test!), users => Assert.DoesNotContain(users, trained.Contains));
        Assert.True(trained.Count > 30);

        IEnumerable<int[]> Users(EncodedTable table)
        {
            var batch = new Batch(layout, table.Count);
            table.Fill(batch, 0, table.Count);
            return table.Sources.Select(s => Enumerable.Range(s.First, s.Count).Select(row => batch.Ids[row * layout.Ids.Count + user]).ToArray()).ToArray();
        }
    }

    [Fact]
    public void A_source_may_read_some_rows_and_some_columns_alone_and_comes_from_the_cache_the_second_time()
    {
        var options = SourceTables.Options(sources: "users: users.csv, reviews: {train: reviews.csv, where: verified > 0, features: [user, words]}");
        var data = _tables.Prepare(options);
        Assert.Equal(["user", "words"], data.Layout.Sources[2].Features);
        Assert.Equal(180, data.Summary.Sources[2].Train + data.Summary.Sources[2].Validation + data.Summary.Sources[2].Test);
        var again = _tables.Prepare(options);
        Assert.True(again.Summary.FromCache);
        Assert.Equal(data.Train.Sources, again.Train.Sources);
        Assert.Equal(data.Layout.Ids, again.Layout.Ids);
        _tables.Folder.Write("users.csv", File.ReadAllText(_tables.Folder.Path("users.csv")) + "u0,30,5,1\n");
        Assert.False(_tables.Prepare(options).Summary.FromCache);
    }

    [Fact]
    public void Without_a_map_every_column_of_a_source_that_is_no_label_of_any_is_a_feature()
    {
        var data = _tables.Prepare(SourceTables.Options(features: "exclude: [day]\n", sources: "users: {train: users.csv, exclude: [price]}, reviews: {train: reviews.csv, weight: helpful}", tasks: "{click: binary, churn: {type: binary, source: users}, stars: {type: regression, source: reviews}}"));
        Assert.Equal(["user", "hour", "price"], data.Layout.Sources[0].Features);
        Assert.Equal(["user", "age"], data.Layout.Sources[1].Features);
        Assert.Equal(["user", "price", "words", "verified"], data.Layout.Sources[2].Features);
        var weights = new float[data.Train.Count];
        data.Train.ReadWeights(weights);
        Assert.All(weights[..data.Train.Sources[2].First], w => Assert.Equal(1, w));
        Assert.Contains(0f, weights[data.Train.Sources[2].First..]);
    }

    [Theory]
    [InlineData("users: empty.csv, reviews: reviews.csv", "empty.csv")]
    [InlineData("users: {train: users.csv, where: age > 900}, reviews: reviews.csv", "the source 'users' has no row where age > 900; give it some")]
    [InlineData("users: unlabelled.csv, reviews: reviews.csv", "unlabelled.csv: the column 'churn', the label of the task 'churn', is not in this file")]
    [InlineData("users: {train: users.csv, features: [user, agee]}, reviews: reviews.csv", "'agee', named in data.sources.users.features, is not in this file; did you mean 'age'?")]
    [InlineData("users: {train: users.csv, features: [user, churn]}, reviews: reviews.csv", "'churn' is the label of the task 'churn'")]
    [InlineData("users: {train: users.csv, exclude: [user, age, price]}, reviews: reviews.csv", "no column of the source 'users' is left to be a feature")]
    [InlineData("users: {train: users.csv, split: {test: 0%}}, reviews: reviews.csv", "no row of the source 'users' is left for the test")]
    [InlineData("users: {train: users.csv, where: agee > 1}, reviews: reviews.csv", "'agee', named in data.sources.users.where")]
    public void What_a_source_lacks_is_said_in_one_sentence(string sources, string reason)
    {
        _tables.Folder.Write("empty.csv", "user,age,price,churn\n");
        _tables.Folder.Write("unlabelled.csv", "user,age,price\nu1,20,3\nu2,30,4\n");
        var error = Assert.Throws<InputException>(() => _tables.Prepare(SourceTables.Options(sources: sources)));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_samples_its_own_rows_and_leaves_them_to_the_others()
    {
        var plain = _tables.Prepare(SourceTables.Options());
        var tasks = "{click: {type: binary, sampling: {negatives: 40%, positives: 3}}, churn: {type: binary, source: users}, stars: {type: regression, source: reviews}}";
        var sampled = _tables.Prepare(SourceTables.Options(tasks: tasks));
        Assert.Equal(plain.Train.Count, sampled.Train.Count);
        var (before, after) = (Labels(plain.Train), Labels(sampled.Train));
        Assert.Equal(before.Count(l => l == 1), after.Count(l => l == 1));
        Assert.InRange(after.Count(l => l == 0) / (double)before.Count(l => l == 0), 0.3, 0.5);
        // no label is another; it is there or it is not
        Assert.All(before.Zip(after), pair => Assert.True(pair.First.Equals(pair.Second) || (pair.First == 0 && float.IsNaN(pair.Second))));
        Assert.Equal(Labels(plain.Validation), Labels(sampled.Validation));
        var task = sampled.Layout.Tasks[0];
        Assert.Equal(0.4 / 3, task.NegativeKeepRate, 12);
        Assert.Equal([1, 3], task.ClassWeights);
        Assert.Contains(sampled.Summary.Notes, note => note.StartsWith($"{before.Count(l => l == 0) - after.Count(l => l == 0)} negatives of the task 'click'", StringComparison.Ordinal));
        using var saved = new MemoryStream();
        sampled.Encoder.Save(saved);
        saved.Position = 0;
        Assert.Equal(task.NegativeKeepRate, Encoder.Load(saved).Layout.Tasks[0].NegativeKeepRate);

        static float[] Labels(EncodedTable table)
        {
            var labels = new float[table.Count];
            table.ReadLabels(0, labels);
            return labels;
        }
    }
}
