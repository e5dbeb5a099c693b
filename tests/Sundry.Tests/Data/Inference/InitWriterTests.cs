using System.Globalization;
using System.IO.Compression;
using System.Text;
using Sundry.Data;

namespace Sundry.Tests;

public class InitWriterTests
{
    private const string Rest = "model:\n  epochs: 3\n";

    [Fact]
    public void A_shop_table_becomes_a_commented_configuration()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("shop.csv", Shop(400));
        var result = InitWriter.Write(new InitRequest([file], folder.Root) { ModelAndTraining = Rest });
        Assert.Equal(
            """
            # Written by 'sundry init' after a look at 400 training rows. Each choice can be changed; 'sundry schema' lists all settings.
            name: shop

            data:
              train: shop.csv
              validation: 10%  # of the training rows; early stopping looks at them
              split: {by: time, column: time, test: 20%}  # the latest rows are held back, as in use
              missing: ["", NA, N/A, n/a, NaN, nan, "NULL", "null", "\\N", "?", "-"]  # '-' stands among the numbers of stock

            tasks:
              click: {type: binary, positive: "1"}        # its name is an outcome's; 25 % positive
              purchased: {type: binary, positive: "yes"}  # its name is an outcome's; 10 % positive
              rating: {type: regression}                  # its name is an outcome's; 5 distinct, 1 to 5

            features:
              time: date                                       # 400 distinct
              user_id: categorical                             # 40 distinct, 0 to 39
              price: numeric                                   # 100 distinct, 0.99 to 99.99
              stock: numeric                                   # 21 distinct, 0 to 20, 5 % missing
              tags: {kind: multi_categorical, separator: ";"}  # 4 distinct values, 1.5 a row
              "brand: name": categorical                       # 3 distinct, 0.3 % missing
              review: {kind: text, weights: tfidf}             # free text of 4 words on average

            exclude:
              - row        # an identifier: every value is different
              - currency   # constant: always 'EUR'
              - click_log  # tells click almost perfectly (AUC 1.0000); if it is known in time, remove this line and name it in data.allow_leak

            model:
              epochs: 3

            """,
            result.Yaml);
        Assert.Equal(["click", "purchased", "rating"], result.Tasks);
        Assert.Equal((7, 3, 400L, 400), (result.Features, result.Excluded.Count, result.RowsRead, result.RowsLookedAt));
        Assert.Equal(result.Yaml, InitWriter.Write(new InitRequest([file], folder.Root) { ModelAndTraining = Rest }).Yaml);

        var options = ConfigReader.Read<SampleOptions>(result.Yaml, "sundry.yaml");
        Assert.Equal(SplitRule.Time, options.Data.Split.By);
        Assert.Equal(["yes"], options.Tasks["purchased"].Positive);
        Assert.Equal(FeatureKind.Categorical, options.Features!["brand: name"].Kind);
        Assert.Equal(3, options.Model.Epochs);
    }

    [Fact]
    public void Labels_can_be_named_and_other_outcomes_are_then_left_out()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("shop.csv", Shop(400));
        var options = Read(folder, [file], "purchased", "brand: name=bolt", "brand: name=core");
        Assert.Equal(["purchased", "brand: name_bolt", "brand: name_core"], options.Tasks.Keys);
        Assert.Equal(("brand: name", "core"), (options.Tasks["brand: name_core"].Label, options.Tasks["brand: name_core"].Positive[0]));
        Assert.Contains("click", options.Exclude);
        Assert.Contains("rating", options.Exclude);
        Assert.DoesNotContain("brand: name", options.Features!.Keys);
    }

    [Fact]
    public void Sequences_go_by_their_tables_and_along_each_other_and_matrices_by_their_keys()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(2);
        var text = new StringBuilder("item,tags,viewed,kinds,again,click\n");
        for (int i = 0; i < 500; i++)
        {
            int many = random.Next(1, 5);
            string Some(int count, Func<string> one) => string.Join('|', Enumerable.Range(0, count).Select(_ => one()));
            text.Append(CultureInfo.InvariantCulture, $"i{random.Next(40)},t{random.Next(4)}|t{4 + random.Next(3)},{Some(many, () => $"i{random.Next(40)}")},{Some(many, () => $"k{random.Next(3)}")},{Some(random.Next(1, 6), () => $"x{random.Next(3)}")},{i % 2}\n");
        }

        var file = folder.Write("views.csv", text.ToString());
        File.WriteAllBytes(folder.Path("image.npy"), NpyBytes.Of([.. Enumerable.Range(0, 40).Select(i => new float[] { i, 2 * i, 1 })]));
        folder.Write("image_ids.txt", string.Concat(Enumerable.Range(0, 40).Select(i => $"i{i}\n")));
        var result = InitWriter.Write(new InitRequest([file, folder.Path("image.npy")], folder.Root) { Labels = ["click"] });
        foreach (var line in new[]
        {
            "  tags: {kind: multi_categorical, separator: \"|\"} ", "  viewed: {kind: sequence, table: item} ", "  kinds: {kind: sequence, along: viewed} ", "  again: sequence ",
            "  image: {kind: vector, of: [item], file: image.npy, keys: image_ids.txt}  # 40 vectors of 3 numbers; 100 % of the values of item have one",
        }) Assert.Contains(line, result.Yaml, StringComparison.Ordinal);
        var options = ConfigReader.Read<SampleOptions>(result.Yaml, "sundry.yaml");
        using var data = Dataset.Prepare(new DataRequest(options.Data, options.Features, options.Exclude, options.Tasks, folder.Root));
        Assert.Equal(3, data.Layout.Bags.Count(bag => bag.Length > 0));

        var refused = Assert.Throws<InputException>(() => InitWriter.Write(new InitRequest([file, folder.Write("other.npy", "no matrix")], folder.Root) { Labels = ["click"] }));
        Assert.Contains("other.npy", refused.Message, StringComparison.Ordinal);
        File.Delete(folder.Path("image_ids.txt"));
        Assert.Contains("into image.txt", Assert.Throws<InputException>(() => InitWriter.Write(new InitRequest([file, folder.Path("image.npy")], folder.Root) { Labels = ["click"] })).Message, StringComparison.Ordinal);
        folder.Write("image.txt", "a\nb\n");
        Assert.Contains("no column's values are its keys (the first is 'a')", Assert.Throws<InputException>(() => InitWriter.Write(new InitRequest([file, folder.Path("image.npy")], folder.Root) { Labels = ["click"] })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("clik", "--label clik: there is no column 'clik'; did you mean 'click'? (the columns are row, time, user_id, price, stock, tags, brand: name, review, currency, click_log, click, purchased, rating)")]
    [InlineData("purchased=yess", "--label purchased=yess: no row that was looked at has 'yess' in column 'purchased'; did you mean 'yes'?")]
    [InlineData("currency", "--label currency: the column has one value only, which leaves nothing to learn; name another one, or one value as --label \"currency=VALUE\"")]
    [InlineData("currency=EUR", "--label currency=EUR: every row has 'EUR' in column 'currency', which leaves nothing to learn")]
    [InlineData("review", "--label review: the column has 1,200 different texts; a label is a number or has at most 1000 classes; name another one, or one value as --label \"review=VALUE\"")]
    public void A_label_that_is_none_is_answered_by_one_sentence(string label, string message)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("shop.csv", Shop(1200));
        var error = Assert.Throws<InputException>(() => InitWriter.Write(new InitRequest([file], folder.Root) { Labels = [label] }));
        Assert.EndsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_label_the_message_says_how_to_name_one()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("log.csv", "user,item,code\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"u{i % 9},i{i % 7},{i % 30}\n")));
        var error = Assert.Throws<InputException>(() => InitWriter.Write(new InitRequest([file], folder.Root)));
        Assert.Equal($"{file}: no column looks like a label; say what to predict with --label NAME, or --label \"NAME=POSITIVE VALUE\" (the columns are user, item, code)", error.Message);
    }

    [Fact]
    public void Files_are_assigned_by_their_names()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Path("cars"));
        var files = new[] { "train-1.csv", "my_test.csv", "dev.csv", "train-2.csv" }.Select(name => folder.Write(Path.Combine("cars", name), "a,b,label\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"{i % 5},{i % 3},{i % 2}\n")))).ToArray();
        var options = Read(folder, files);
        Assert.Equal(["cars/train-1.csv", "cars/train-2.csv"], options.Data.Train);
        Assert.Equal(["cars/my_test.csv"], options.Data.Test);
        Assert.Equal(["cars/dev.csv"], options.Data.Validation.Files);
        Assert.Equal("cars", options.Name);
        // of one file the name says nothing
        Assert.Equal(["cars/my_test.csv"], Read(folder, [files[1]]).Data.Train);
        var error = Assert.Throws<InputException>(() => InitWriter.Write(new InitRequest([files[1], files[2]], folder.Root)));
        Assert.StartsWith("all files are test or validation files by their names", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_without_a_header_gets_names()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(5);
        var file = folder.Write("plain.tsv", string.Concat(Enumerable.Range(0, 300).Select(i => $"{random.Next(5)}\t{random.Next(5)}\t{(random.Next(2) == 0 ? "x" : "y")}\t{random.Next(2)}\n")));
        var options = Read(folder, [file], "column_4");
        Assert.False(options.Data.HasHeader);
        Assert.Equal(["column_1", "column_2", "column_3", "column_4"], options.Data.Columns);
        Assert.Equal(["column_1", "column_2", "column_3"], options.Features!.Keys);
        // names that are numbers are still names where the rows look different
        var named = folder.Write("named.csv", "101,102,click\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"a{i / 2 % 4},{i / 2 % 6},{i % 2}\n")));
        Assert.Equal(["101", "102"], Read(folder, [named]).Features!.Keys);
    }

    [Theory]
    [InlineData("0,1", "binary", "1")]
    [InlineData("0.0,1.0", "binary", "1.0")]
    [InlineData("-1,1,1", "binary", "1")]
    [InlineData("no,yes,yes", "binary", "yes")]
    [InlineData("True,False,True", "binary", "True")]
    [InlineData("- 50000.,- 50000.,50000+.", "binary", "50000+.")]
    [InlineData("good,bad,good", "binary", "bad")]
    [InlineData("a,b,c", "multiclass", null)]
    [InlineData("0,1,2", "multiclass", null)]
    [InlineData("0.5,1,2", "regression", null)]
    public void A_task_follows_from_the_labels_values(string values, string type, string? positive)
    {
        using var folder = new TemporaryFolder();
        var texts = values.Split(',');
        var random = new Random(2);
        var file = folder.Write("t.csv", "x,label\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"{random.Next(9)},\"{texts[i % texts.Length]}\"\n")));
        var task = Read(folder, [file]).Tasks["label"];
        Assert.Equal(type, ConfigWords.Of(task.Type));
        Assert.Equal(positive, task.Positive.SingleOrDefault());
    }

    [Theory]
    [InlineData("clicks", 4, "count")]
    [InlineData("rating", 6, "regression")]
    [InlineData("num_orders", 30, "count")]
    [InlineData("target", 5, "multiclass")]
    [InlineData("target", 5000, "regression")]
    public void Whole_numbers_are_counts_ratings_or_classes_by_name(string name, int values, string type)
    {
        using var folder = new TemporaryFolder();
        var random = new Random(2);
        var file = folder.Write("t.csv", $"x,{name}\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"{random.Next(9)},{random.Next(values)}\n")));
        Assert.Equal(type, ConfigWords.Of(Read(folder, [file], name).Tasks[name].Type));
    }

    [Fact]
    public void A_number_that_is_none_is_found_beyond_the_sample()
    {
        using var folder = new TemporaryFolder();
        var text = new StringBuilder("wage,label\n");
        for (int i = 0; i < 120_000; i++) text.Append(CultureInfo.InvariantCulture, $"{(i == 77_777 ? "none" : i % 500)},{i % 3 % 2}\n");
        var options = Read(folder, [folder.Write("big.csv", text.ToString())]);
        Assert.Equal(FeatureKind.Numeric, options.Features!["wage"].Kind);
        Assert.Contains("none", options.Data.Missing);
    }

    [Fact]
    public void Gzipped_json_lines_are_read_too()
    {
        using var folder = new TemporaryFolder();
        using (var gzip = new StreamWriter(new GZipStream(File.Create(folder.Path("log.jsonl.gz")), CompressionLevel.Fastest)))
            for (int i = 0; i < 200; i++) gzip.Write($"{{\"brand\": \"b{i % 7}\", \"clicked\": {(i % 3 == 0 ? "true" : "false")}}}\n");
        var options = Read(folder, [folder.Path("log.jsonl.gz")]);
        Assert.Equal(["true"], options.Tasks["clicked"].Positive);
        Assert.Equal(["brand"], options.Features!.Keys);
    }

    [SkippableFact]
    public void The_census_is_understood()
    {
        var census = SharedFolder.Require("data/census");
        var result = InitWriter.Write(new InitRequest([Path.Combine(census, "train.csv.gz"), Path.Combine(census, "test.csv.gz"), Path.Combine(census, "validation.csv.gz")], census) { Labels = ["income", "marital_status=Never married"] });
        var options = ConfigReader.Read<SampleOptions>(result.Yaml, "sundry.yaml");
        Assert.Equal(["train.csv.gz", "test.csv.gz", "validation.csv.gz"], [.. options.Data.Train, .. options.Data.Test, .. options.Data.Validation.Files]);
        Assert.Equal(["50000+."], options.Tasks["income"].Positive);
        Assert.Equal(["Never married"], options.Tasks["marital_status"].Positive);
        Assert.Equal(["instance_weight"], options.Exclude);
        Assert.Equal(39, options.Features!.Count);
        Assert.Equal(
            ["age", "wage_per_hour", "capital_gains", "capital_losses", "stock_dividends", "employer_size", "weeks_worked"],
            options.Features.Where(feature => feature.Value.Kind == FeatureKind.Numeric).Select(feature => feature.Key));
        Assert.All(options.Features.Values, feature => Assert.True(feature.Kind is FeatureKind.Numeric or FeatureKind.Categorical));
    }

    [SkippableTheory]
    [InlineData("hillstrom_email/hillstrom.csv.gz", "visit binary, conversion binary, spend regression", "")]
    [InlineData("womens_clothing_reviews/Womens_Clothing_E-Commerce_Reviews.csv.gz", "Rating regression, Recommended IND binary", "column_1")]
    [InlineData("movielens_100k/u.data.gz", null, "")]
    public void Public_tables_are_understood(string file, string? tasks, string excluded)
    {
        var path = SharedFolder.Require("data/" + file);
        var result = InitWriter.Write(new InitRequest([path], Path.GetDirectoryName(path)!) { Labels = tasks is null ? ["column_3"] : [] });
        var options = ConfigReader.Read<SampleOptions>(result.Yaml, "sundry.yaml");
        if (tasks is not null) Assert.Equal(tasks, string.Join(", ", options.Tasks.Select(task => $"{task.Key} {ConfigWords.Of(task.Value.Type)}")));
        Assert.Equal(excluded, string.Join(", ", options.Exclude));
    }

    private static SampleOptions Read(TemporaryFolder folder, IReadOnlyList<string> files, params string[] labels) =>
        ConfigReader.Read<SampleOptions>(InitWriter.Write(new InitRequest(files, folder.Root) { Labels = labels }).Yaml, "sundry.yaml");

    private static string Shop(int rows)
    {
        var random = new Random(4);
        var text = new StringBuilder("row,time,user_id,price,stock,tags,brand: name,review,currency,click_log,click,purchased,rating\n");
        for (int i = 0; i < rows; i++)
        {
            bool click = i % 4 == 0;
            var brand = i == 7 ? "" : new[] { "acme", "bolt", "core" }[random.Next(3)];
            text.Append(CultureInfo.InvariantCulture, $"{i},2024-01-{1 + (i / 60 % 28):00} {i / 1680:00}:{i % 60:00}:00,{random.Next(40)},{i / 4 % 100}.99,{(i % 20 == 3 ? "-" : random.Next(21))},{new[] { "a;b", "a", "b;c", "d" }[i / 4 % 4]},{brand},")
                .Append(CultureInfo.InvariantCulture, $"it was nice {i},EUR,{(click ? "seen" : "")},{(click ? 1 : 0)},{(i % 10 == 1 ? "yes" : "no")},{random.Next(1, 6)}\n");
        }

        return text.ToString();
    }
}
