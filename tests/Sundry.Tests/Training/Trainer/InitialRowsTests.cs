using System.Globalization;
using System.Text;
using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;
using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class InitialRowsTests : IDisposable
{
    private const string Initial = "initial: {users: user, items: item, epochs: 5, batch: 64}";

    private readonly List<Dataset> _open = [];

    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        foreach (var data in _open) data.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("shared_bottom")]
    [InlineData("single_task")]
    [InlineData("stem")]
    [InlineData("feature")]
    public void Every_table_of_the_two_features_begins_with_the_rows_of_light_gcn(string architecture)
    {
        var options = Options(Initial, architecture: architecture);
        var data = Prepare(options);
        var model = new MultiTaskModel(data.Layout, options.Model);
        using var store = new ParameterStore(model.Graph, 1);
        InitialRows.Write(data.Train, model, store, options.Training.Initial!, new FitRequest(7));

        var (users, items) = (Names(data, "user"), Names(data, "item"));
        using var reference = new LightGcnRecommender(new() { Factors = 6, Epochs = 5, Batch = 64, Friends = 0 });
        reference.Fit(Sundry.Training.Interactions.Of(users, items, Bought(data).ToHashSet()), new FitRequest(7));
        var known = Bought(data).Select(p => p.User).Distinct().Select(u => reference.UserFactors.AsSpan(u * 6, 6).ToArray())
            .Concat(Bought(data).Select(p => p.Item).Distinct().Select(i => reference.ItemFactors.AsSpan(i * 6, 6).ToArray())).SelectMany(r => r).ToArray();
        var scale = .1 / Math.Sqrt(known.Average(v => (double)v * v));
        Assert.NotEmpty(model.RowsOf(0));
        foreach (var (column, factors, ids) in new[] { (0, reference.UserFactors, Bought(data).Select(p => p.User)), (1, reference.ItemFactors, Bought(data).Select(p => p.Item)) })
            foreach (var (table, first) in model.RowsOf(column))
                foreach (var id in ids.Distinct())
                    for (var i = 0; i < 6; i++) Assert.Equal(scale * factors[id * 6 + i], store.Values(table, first + id)[i], 5);
    }

    [Fact]
    public void What_no_pair_names_keeps_its_random_row_and_so_does_every_other_feature()
    {
        var options = Options(Initial);
        var data = Prepare(options);
        var model = new MultiTaskModel(data.Layout, options.Model);
        using var before = new ParameterStore(model.Graph, 1);
        using var after = new ParameterStore(model.Graph, 1);
        InitialRows.Write(data.Train, model, after, options.Training.Initial!, new FitRequest(7));
        var (table, first) = model.RowsOf(1)[0];
        var bought = Bought(data).Select(p => p.Item).ToHashSet();
        var (kept, changed) = (0, 0);
        for (var id = 0; id < Names(data, "item"); id++)
        {
            var same = before.Values(table, first + id).SequenceEqual(after.Values(table, first + id));
            Assert.Equal(!bought.Contains(id), same);
            if (same) kept++;
            else changed++;
        }

        // the unknown and the item that is never bought
        Assert.True(kept >= 2 && changed > 5);
        var (other, start) = model.RowsOf(2)[0];
        for (var id = 0; id < data.Layout.Ids[2].Rows; id++) Assert.True(before.Values(other, start + id).SequenceEqual(after.Values(other, start + id)));
        foreach (var parameter in model.Graph.Parameters) Assert.True(before.Values(parameter).SequenceEqual(after.Values(parameter)));
    }

    [Fact]
    public void Neither_validation_nor_test_has_a_part_in_it()
    {
        var options = Options(Initial, data: "{train: train.csv, validation: held.csv, test: later.csv}");
        Write("train.csv", 1);
        byte[] Rows(int seed)
        {
            Write("held.csv", seed, rows: 150);
            Write("later.csv", seed + 1, rows: 150);
            var data = Prepare(options);
            var model = new MultiTaskModel(data.Layout, options.Model);
            using var store = new ParameterStore(model.Graph, 1);
            InitialRows.Write(data.Train, model, store, options.Training.Initial!, new FitRequest(7));
            return WeightBytes.Of(store);
        }

        var one = Rows(10);
        Assert.Equal(one, Rows(20));
        Write("train.csv", 2);
        Assert.NotEqual(one, Rows(10));
    }

    [Theory]
    [InlineData("epochs: 5")]
    [InlineData("epochs: 0")]
    public void On_any_number_of_threads_and_resumed_at_any_epoch_the_weights_are_the_same(string learned)
    {
        var options = Options($"initial: {{users: user, items: item, batch: 64, {learned}}}");
        var data = Prepare(options);
        using var whole = new Trainer(data, options, _folder.Path("whole")).Train();
        foreach (var stop in new Func<TrainProgress, bool>[] { p => p.Finished is null, p => p.Finished?.Epoch == 2 })
        {
            var trainer = new Trainer(data, options, _folder.Path("cut"));
            using var cancel = new CancellationTokenSource();
            Assert.ThrowsAny<OperationCanceledException>(() => trainer.Train(resume: true, new Relay<TrainProgress>(p =>
            {
                if (stop(p)) cancel.Cancel();
            }), cancel.Token));
            using var resumed = new Trainer(data, options, _folder.Path("cut")).Train(resume: true);
            Assert.Equal(WeightBytes.Of(whole), WeightBytes.Of(resumed));
        }

        using var one = new Trainer(data, options with { Training = options.Training with { Threads = 1 } }, _folder.Path("one")).Train();
        Assert.Equal(WeightBytes.Of(whole), WeightBytes.Of(one));
        var random = options with { Training = options.Training with { Initial = null } };
        using var other = new Trainer(data, random, _folder.Path("other")).Train();
        Assert.NotEqual(WeightBytes.Of(whole), WeightBytes.Of(other));
    }

    [Fact]
    public void It_tells_more_of_pairs_than_random_rows_do()
    {
        // tastes show in who bought what, and one short epoch is too little to find them from nothing
        const string Brief = "epochs: 1, batch: 256, learning_rate: 0.001";
        const string Products = "shared_bottom, interactions: [fm]";
        var (with, without) = (Options($"{Brief}, initial: {{users: user, items: item, batch: 64, epochs: 20, deviation: 0.5}}", architecture: Products, narrow: 8), Options(Brief, architecture: Products, narrow: 8));
        var data = Prepare(with);
        using var begun = new Trainer(data, with, _folder.Path("a")).Train();
        using var random = new Trainer(data, without, _folder.Path("b")).Train();
        var (better, plain) = (begun.History[0].Validation["buy"]["auc"], random.History[0].Validation["buy"]["auc"]);
        Assert.True(better > plain + .02, $"{better} and {plain}");
    }

    [Theory]
    [InlineData("users: usr, items: item", "'usr' is not under 'features'")]
    [InlineData("users: user, items: user", "name two features")]
    [InlineData("users: user, items: price", "no categorical feature")]
    [InlineData("users: user, items: kind", "give both the same")]
    [InlineData("users: user, items: item, of: [by]", "names task 'by'")]
    public void What_cannot_be_is_said(string initial, string part)
    {
        var wrong = Assert.Throws<InputException>(() =>
        {
            var options = Options($"initial: {{{initial}}}");
            using var trained = new Trainer(Prepare(options), options, _folder.Path("wrong")).Train();
        });
        Assert.Contains(part, wrong.Message, StringComparison.Ordinal);
    }

    private static SundryOptions Options(string training, string data = "{train: train.csv, validation: 20%, split: {test: 0%}}", string architecture = "shared_bottom", int narrow = 3) => ConfigReader.Read<SundryOptions>(
        $"""
        name: pairs
        data: {data}
        features: {"{"}user: {(narrow == 3 ? "{kind: categorical, embedding: 6}" : "categorical")}, item: {(narrow == 3 ? "{kind: categorical, embedding: 6}" : "categorical")}, kind: {"{"}kind: categorical, embedding: {narrow}{"}"}, price: numeric{"}"}
        tasks: {"{buy: binary, like: binary}"}
        model: {"{"}architecture: {architecture}, bottom: [8], tower: [4], dropout: 0.1, normalization: none, experts: {"{count: 2, layers: [8]}"}{"}"}
        training: {"{"}epochs: 3, batch: 64, early_stopping: {"{patience: 0}"}, {training}{"}"}

        """.Replace("epochs: 3, batch: 64, early_stopping: {patience: 0}, epochs: 1, batch: 256", "early_stopping: {patience: 0}, epochs: 1, batch: 256", StringComparison.Ordinal), "sundry.yaml");

    private static int Names(Dataset data, string feature) => data.Layout.Ids.First(f => f.Name == feature).Rows;

    // read one by one, as another way to the same pairs
    private static List<(int User, int Item)> Bought(Dataset data)
    {
        var pairs = new List<(int, int)>();
        var batch = new Batch(data.Layout, 1);
        for (var row = 0; row < data.Train.Count; row++)
        {
            data.Train.Fill(batch, row, 1);
            if ((batch.Labels[0] > 0 || batch.Labels[1] > 0) && batch.Ids[0] > 0 && batch.Ids[1] > 0) pairs.Add((batch.Ids[0], batch.Ids[1]));
        }

        return pairs;
    }

    private Dataset Prepare(SundryOptions options)
    {
        if (!File.Exists(_folder.Path("train.csv"))) Write("train.csv", 1);
        var data = Dataset.Prepare(options.Request(_folder.Root));
        _open.Add(data);
        return data;
    }

    // even users take to even items; nobody ever takes item 0
    private void Write(string name, int seed, int rows = 1500)
    {
        var random = new Random(seed);
        var text = new StringBuilder("user,item,kind,price,buy,like\n");
        for (var row = 0; row < rows; row++)
        {
            var (user, item) = (random.Next(40), random.Next(30));
            var taken = item > 0 && random.NextDouble() < (user % 2 == item % 2 ? .5 : .05);
            text.Append(CultureInfo.InvariantCulture, $"u{user},i{item},k{item % 3},{random.Next(100)},{(taken ? 1 : 0)},{(taken && random.Next(2) == 0 ? 1 : 0)}\n");
        }

        _folder.Write(name, text.ToString());
    }
}
