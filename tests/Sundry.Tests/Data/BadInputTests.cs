using System.Text;
using Sundry.Data;

namespace Sundry.Tests;

/// <summary>Each mistake in the data is answered by one sentence that says what, where, and how to mend it.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string Good = "x,c,y\n1,a,0\n2,b,1\n3,a,1\n4,b,0\n5,a,0\n6,b,1\n7,a,1\n8,b,0\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "t.csv: the file is empty; give one with a header and rows")]
    [InlineData("\n\n", "t.csv: the file is empty; give one with a header and rows")]
    [InlineData("x,c,y\n", "t.csv: there is a header and no row below it; give a file with rows")]
    [InlineData("x,c,y\n1,a,0\n2,b\n", "t.csv line 3: the row has 2 fields where the header has 3; fix the row, quote fields that hold the delimiter, or set data.on_bad_row: skip")]
    [InlineData("x,c,y\n1,a,0\n2,b,1,9\n", "t.csv line 3: the row has 4 fields where the header has 3; fix the row, quote fields that hold the delimiter, or set data.on_bad_row: skip")]
    [InlineData("x,c,y\n1,a,0\n2,\"b,1\n3,a,0\n4,b,1\n", "t.csv line 3, column 2: the quote opened here is never closed; close it, or write quotes inside a field twice")]
    [InlineData("x,c,y\n1,\"two\nlines\",0\n2,b,\"\n3,a,0\n", "t.csv line 4, column 3: the quote opened here is never closed; close it, or write quotes inside a field twice")]
    [InlineData("x,c,y\n1,a,0\n2,\"b\"b,1\n", "t.csv line 3: after the closing quote of column 2 comes more text; write quotes inside a quoted field twice", 2)]
    [InlineData("x,c,y\n1,a,0\nabc,b,1\n", "t.csv line 3, column 1: 'abc' is not a number; mend it, add it to data.missing, or make the feature categorical")]
    [InlineData("x,c,y\n1,a,0\n1e99,b,1\n", "t.csv line 3, column 1: '1e99' is not a number; mend it, add it to data.missing, or make the feature categorical")]
    [InlineData("x,c,y\n1,a,0\n2,b,maybe\n", "t.csv line 3, column 3: 'maybe' is no label of the task 'y'; write 1 or 0, or name the positive text as tasks.y.positive (the column holds '0', 'maybe')")]
    [InlineData("x,c,y\n1,a,0\n2,b,0\n3,a,0\n4,b,0\n5,b,0\n6,b,0\n7,a,0\n8,b,0\n9,a,0\n", "the task 'y' has no training row with the positive label 1 in the column 'y'; the column holds '0'")]
    [InlineData("x,c,y\n1,a,\n2,b,\n3,a,NA\n", "the task 'y' has no row with a label in the column 'y'; check tasks.y.label and its 'where'")]
    [InlineData("x,c,x\n1,a,0\n", "t.csv line 1, column 3: the column 'x' stands twice, first as column 1; rename one of them")]
    [InlineData("x,c,y\n1,a\0,0\n", "t.csv line 2, column 2: there is a NUL byte; the file is damaged or no text")]
    [InlineData("x,c,y\r1,a,0\r2,b,1\r", "t.csv line 1: the line ends are bare carriage returns; write line feeds")]
    [InlineData("z,c,y\n1,a,0\n", "t.csv: the column 'x', named in 'features', is not in this file; did you mean 'z'?")]
    [InlineData("x,c,why\n1,a,0\n", "t.csv: the column 'y', the label of the task 'y', is not in this file; did you mean 'x'?")]
    public void In_text(string text, string message, int? column = null)
    {
        _folder.Write("t.csv", text);
        if (column is not null) message = message.Replace(" line 3:", $" line 3, column {column}:", StringComparison.Ordinal);
        Refused(message);
    }

    [Fact]
    public void A_missing_file()
    {
        _folder.Write("trian.csv", Good);
        Refused($"train.csv: there is no such file in {_folder.Root}; did you mean 'trian.csv'?", Data("train.csv"));
        Refused($"nowhere/train.csv: there is no such file, and no folder {_folder.Path("nowhere")}; check the path", Data("nowhere/train.csv"));
    }

    [Fact]
    public void A_folder()
    {
        Directory.CreateDirectory(_folder.Path("rows"));
        Refused("rows: this is a folder; name its files, for example rows/*.csv", Data("rows"));
    }

    [Fact]
    public void A_glob_that_matches_nothing() => Refused($"*.tsv: no file matches this pattern in {_folder.Root}", Data("*.tsv"));

    [Fact]
    public void Bytes_that_are_not_UTF_8()
    {
        File.WriteAllBytes(_folder.Path("t.csv"), [.. Encoding.UTF8.GetBytes("x,c,y\n1,a,0\n2,"), 0xe9, .. Encoding.UTF8.GetBytes(",1\n")]);
        Refused("t.csv line 3, column 2: the bytes are not UTF-8; save the file as UTF-8");
        File.WriteAllBytes(_folder.Path("t.csv"), Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Good)).ToArray());
        Refused("t.csv: the file is UTF-16; save it as UTF-8");
    }

    [Fact]
    public void A_truncated_or_damaged_gzip()
    {
        var rows = "x,c,y\n" + string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i * 7919 % 10_007},a{i % 31},{i % 2}\n"));
        var bytes = TableReaderTests.Gzip(rows);
        File.WriteAllBytes(_folder.Path("t.csv.gz"), bytes[..(bytes.Length / 2)]);
        var error = Assert.Throws<InputException>(() => Prepare(Data("t.csv.gz")));
        Assert.StartsWith("t.csv.gz: the gzip data is damaged or cut short (", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("); copy or download the file again", error.Message, StringComparison.Ordinal);
        foreach (int cut in new[] { 1, 4, 9, 30 })
        {
            File.WriteAllBytes(_folder.Path("t.csv.gz"), bytes[..^cut]);
            error = Assert.Throws<InputException>(() => Prepare(Data("t.csv.gz")));
            Assert.StartsWith("t.csv.gz: the gzip data is damaged or cut short (", error.Message, StringComparison.Ordinal);
        }

        bytes[bytes.Length / 2] ^= 0xff;
        File.WriteAllBytes(_folder.Path("t.csv.gz"), bytes);
        error = Assert.Throws<InputException>(() => Prepare(Data("t.csv.gz")));
        Assert.StartsWith("t.csv.gz", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_without_end()
    {
        _folder.Write("t.csv", "x,c,y\n1," + new string('a', TextBuffer.MaximumRow + 1000) + ",0\n");
        Refused("t.csv line 2: the row is longer than 16 MiB; is this a table of text lines?");
        _folder.Write("t.csv", "x,c,y\n1,a,0\n2,\"" + new string('a', TextBuffer.MaximumRow + 1000) + "\",0\n");
        Refused("t.csv line 3, column 2: the quote opened here is not closed within 16 MiB; close it, or write quotes inside a field twice");
    }

    [Fact]
    public void A_workbook()
    {
        _folder.Write("t.csv", "PK\u0003\u0004whatever");
        Refused("t.csv: the file is a zip archive or a workbook; unpack it, or save it as CSV");
    }

    [Fact]
    public void A_label_outside_its_classes()
    {
        _folder.Write("t.csv", Good);
        Refused(
            "t.csv line 3, column 2: 'b' is none of the 2 classes of the task 'c'; mend it, or list it in tasks.c.classes",
            tasks: new() { ["c"] = new TaskOptions { Type = TaskType.Multiclass, Classes = ["a", "d"] } },
            features: new() { ["x"] = new FeatureOptions { Kind = FeatureKind.Numeric } });
        _folder.Write("v.csv", "x,c,y\n1,a,0\n2,q,1\n");
        Refused(
            "v.csv line 3, column 2: 'q' is a class of the task 'c' that no training row has; list all in tasks.c.classes",
            new DataOptions { Train = ["t.csv"], Validation = new ValidationOptions { Files = ["v.csv"] } },
            tasks: new() { ["c"] = new TaskOptions { Type = TaskType.Multiclass } },
            features: new() { ["x"] = new FeatureOptions { Kind = FeatureKind.Numeric } });
    }

    [Fact]
    public void A_positive_label_that_no_row_has()
    {
        _folder.Write("t.csv", Good.Replace(",1\n", ",Yes.\n", StringComparison.Ordinal).Replace(",0\n", ",No.\n", StringComparison.Ordinal));
        Refused(
            "the task 'y' has no training row with the positive label 'Yes' in the column 'y'; did you mean 'Yes.'?",
            tasks: new() { ["y"] = new TaskOptions { Positive = ["Yes"] } });
    }

    [Fact]
    public void A_count_below_zero_and_a_weight_that_is_none()
    {
        _folder.Write("t.csv", "x,n,w\n1,2,1\n2,-1,1\n");
        var features = new Dictionary<string, FeatureOptions> { ["x"] = new() { Kind = FeatureKind.Numeric } };
        Refused("t.csv line 3, column 2: '-1' is below 0, which the count of the task 'n' cannot be; mend it, or make the task a regression", tasks: new() { ["n"] = new TaskOptions { Type = TaskType.Count } }, features: features);
        _folder.Write("t.csv", "x,n,w\n1,2,1\n2,1,-3\n");
        Refused("t.csv line 3, column 3: '-3' is below 0, which the row's weight cannot be", new DataOptions { Train = ["t.csv"], Weight = "w" }, new() { ["n"] = new TaskOptions { Type = TaskType.Count } }, features);
    }

    [Fact]
    public void A_label_or_a_weight_as_feature()
    {
        _folder.Write("t.csv", Good);
        Refused("'y' is the label of the task 'y' and cannot be a feature; remove it from 'features'", features: new() { ["y"] = new FeatureOptions { Kind = FeatureKind.Numeric } });
        Refused("'x' is the rows' weight and cannot be a feature; remove it from 'features'", new DataOptions { Train = ["t.csv"], Weight = "x" });
    }

    [Fact]
    public void Columns_that_are_gone_from_a_later_file()
    {
        _folder.Write("t.csv", Good);
        _folder.Write("u.csv", "x,cc,y\n1,a,0\n");
        Refused("u.csv line 1: the column 'c' of t.csv is missing here; did you mean 'x'?", new DataOptions { Train = ["t.csv", "u.csv"] });
        Refused("u.csv: the column 'c', named in 'features', is not in this file; did you mean 'x'?", new DataOptions { Train = ["t.csv"], Test = ["u.csv"] });
    }

    [Fact]
    public void Roles_that_name_no_column_or_task()
    {
        _folder.Write("t.csv", Good);
        Refused("t.csv: the column 'weight', named as data.weight, is not in this file; its columns are x, c, y", new DataOptions { Train = ["t.csv"], Weight = "weight" });
        Refused("t.csv: the column 'time', named as data.split.column, is not in this file; its columns are x, c, y", new DataOptions { Train = ["t.csv"], Split = new SplitOptions { By = SplitRule.Time, Column = "time" } });
        Refused("t.csv: the column 'clik', named in tasks.y.where, is not in this file; its columns are x, c, y", tasks: new() { ["y"] = new TaskOptions { Where = "clik = 1" } });
        Refused("data.sampling names the task 'z', which is none; did you mean 'y'?", new DataOptions { Train = ["t.csv"], Sampling = new SamplingOptions { Task = "z", Negatives = new Share(0.5) } });
    }

    [Fact]
    public void A_time_that_is_none()
    {
        _folder.Write("t.csv", "x,c,y\n1,2024-01-01,0\n2,soon,1\n");
        Refused(
            "t.csv line 3, column 2: 'soon' is not a date; write 2024-12-31, 2024-12-31 23:59:59, 12/31/2024, 31.12.2024 or seconds since 1970, or add it to data.missing",
            features: new() { ["c"] = new FeatureOptions { Kind = FeatureKind.Date } });
        Refused(
            "t.csv line 3, column 2: 'soon' is no time to split by; write 2024-12-31, 2024-12-31 23:59:59, 12/31/2024, 31.12.2024 or seconds since 1970",
            new DataOptions { Train = ["t.csv"], Split = new SplitOptions { By = SplitRule.Time, Column = "c" } },
            features: new() { ["x"] = new FeatureOptions { Kind = FeatureKind.Numeric } });
    }

    [Fact]
    public void Too_many_bad_rows_to_skip()
    {
        _folder.Write("t.csv", "x,c,y\n1,a,0\n" + string.Concat(Enumerable.Repeat("x,a,1\n", 9)));
        Refused(
            "t.csv line 3: 9 of 10 rows cannot be read, more than data.max_bad_rows allows; the first: column 1: 'x' is not a number; mend it, add it to data.missing, or make the feature categorical",
            new DataOptions { Train = ["t.csv"], OnBadRow = BadRowRule.Skip });
    }

    [Fact]
    public void Nothing_to_learn_from()
    {
        _folder.Write("t.csv", "x,c,y\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"1,a,{i % 2}\n")));
        Refused("t.csv: no feature differs between training rows, so there is nothing to learn from; name other features");
    }

    [Fact]
    public void A_table_to_predict_on_without_a_feature()
    {
        _folder.Write("t.csv", "x,c,y\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i},{"ab"[i % 2]},{i / 2 % 2}\n")));
        using var data = Prepare(Data("t.csv"));
        var error = Assert.Throws<InputException>(() => data.Encoder.For(["x", "C", "z"], "new.csv"));
        Assert.Equal("new.csv: the column 'c', a feature of the model, is not in this file; did you mean 'C'?", error.Message);
        var encoder = data.Encoder.For(["c", "x"], "new.csv");
        Assert.False(encoder.HasLabels(0));
        _folder.Write("new.csv", "c,x\na,1\nb,zwei\n");
        using var reader = TableReader.Open([_folder.Path("new.csv")]);
        var batch = new Batch(data.Layout, 4);
        Assert.True(reader.Read());
        encoder.Append(batch, reader.Current);
        Assert.True(float.IsNaN(batch.Labels[0]));
        Assert.Equal(1, batch.Weights[0]);
        Assert.True(reader.Read());
        Assert.False(encoder.TryAppend(batch, reader.Current, out var reason));
        Assert.Equal("column 2: 'zwei' is not a number; mend it, add it to data.missing, or make the feature categorical", reason);
        Assert.Equal(1, batch.Count);
        error = Assert.Throws<InputException>(() => encoder.Append(batch, reader.Current));
        Assert.Equal(3, error.Line);
    }

    private static DataOptions Data(string train) => new() { Train = [train] };

    private void Refused(string message, DataOptions? data = null, Dictionary<string, TaskOptions>? tasks = null, Dictionary<string, FeatureOptions>? features = null)
    {
        var error = Assert.Throws<InputException>(() => Prepare(data ?? Data("t.csv"), tasks, features));
        Assert.Equal(message, error.Message);
    }

    private Dataset Prepare(DataOptions data, Dictionary<string, TaskOptions>? tasks = null, Dictionary<string, FeatureOptions>? features = null) => Dataset.Prepare(ShopTable.Request(
        _folder,
        data,
        features ?? new() { ["x"] = new FeatureOptions { Kind = FeatureKind.Numeric }, ["c"] = new FeatureOptions { Kind = FeatureKind.Categorical } },
        tasks ?? new() { ["y"] = new TaskOptions() }));
}
