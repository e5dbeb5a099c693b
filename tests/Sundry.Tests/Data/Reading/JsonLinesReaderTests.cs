using Sundry.Data;

namespace Sundry.Tests;

public sealed class JsonLinesReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Objects_become_rows_under_the_keys_of_all()
    {
        var path = _folder.Write("t.jsonl", """
            {"a": 1, "b": "x\ty", "c": true}
            {"b": null, "a": -2.5e3}

            {"d": "é", "c": false, "a": ""}
            """);
        using var reader = TableReader.Open([path]);
        Assert.Equal(["a", "b", "c", "d"], reader.Header);
        Assert.Equal("1|x\ty|true|;-2.5e3|||;||false|é", TableReaderTests.Rows([path]));
    }

    [Fact]
    public void Lists_keep_their_values_apart()
    {
        var path = _folder.Write("t.jsonl", "{\"a\": [\"x|y\", 2, \"z\"]}\n{\"a\": []}\n");
        Assert.Equal("\u001fx|y\u001f2\u001fz;", TableReaderTests.Rows([path]));
    }

    [Fact]
    public void A_key_that_a_later_file_lacks_is_missing_there()
    {
        _folder.Write("1.jsonl", "{\"a\": 1, \"b\": 2}\n");
        _folder.Write("2.jsonl", "{\"a\": 3}\n");
        Assert.Equal("1|2;3|", TableReaderTests.Rows(["*.jsonl"], new ReadOptions { BaseDirectory = _folder.Root }));
    }

    [Fact]
    public void JSON_is_known_by_its_first_character_where_the_name_says_nothing()
    {
        Assert.Equal("1", TableReaderTests.Rows([_folder.Write("data", "{\"a\": 1}\n")]));
    }

    [Theory]
    [InlineData("{\"a\": 1}\n{\"a\": 2\n", "t.jsonl line 2: the line is no JSON object at character 8; write one object a line")]
    [InlineData("{\"a\": 1}\n[1]\n", "t.jsonl line 2: the line is no JSON object; write one object a line, without brackets and commas around them")]
    [InlineData("{\"a\": {\"b\": 1}}\n", "t.jsonl line 1, column 1: 'a' holds an object; only texts, numbers, true, false, null and lists of them are understood")]
    [InlineData("{\"a\": [[1]]}\n", "t.jsonl line 1, column 1: the list in 'a' holds more than plain values; only a list of texts, numbers, true and false is understood")]
    [InlineData("{\"a\": 1} x\n", "t.jsonl line 1: the line is no JSON object at character 10; write one object a line")]
    [InlineData("nothing\n", "t.jsonl line 1: there is no JSON object in the first lines; write one object a line")]
    [InlineData("{\"a\": \"\\ud800\"}\n", "t.jsonl line 1: a text in the line is not valid Unicode; write it as UTF-8")]
    public void Says_what_is_wrong(string text, string message)
    {
        _folder.Write("t.jsonl", text);
        var error = Assert.Throws<InputException>(() => TableReaderTests.Rows(["t.jsonl"], new ReadOptions { BaseDirectory = _folder.Root }));
        Assert.Equal(message, error.Message);
    }
}
