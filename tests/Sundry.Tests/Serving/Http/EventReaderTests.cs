using System.Text;
using System.Text.Json;
using Sundry.Serving;

namespace Sundry.Tests;

public sealed class EventReaderTests
{
    private const long Now = 1_769_860_805_123;

    [Theory]
    [InlineData("""{"id":"e-1","type":"view","user":"u-7","session":"s-1","item":"p-3","time":"2026-01-31T12:00:00Z"}""")]
    [InlineData("""{"type":"purchase","user":"u-7","item":"p-3","quantity":1,"price":59.9,"value":-0.5e3,"position":3,"time":1769860805}""")]
    [InlineData("""{ "id" : "e" , "type":null,"time":null,"recommendation":"r","scenario":"home","text":"","context":{ "a":[1,{"b":"ü"}] } }""")]
    [InlineData("""{"id":"é漢😀","type":"own type","user":"","session":"s","time":1769860805123.75}""")]
    [InlineData("""{"id":"e","price":1e999,"context":{}}""")]
    public void What_is_as_it_should_be_is_read_as_the_strict_reader_reads_it(string json)
    {
        var read = Read(Encoding.UTF8.GetBytes(json), out var rest);
        Assert.Equal(WireJson.Read(Encoding.UTF8.GetBytes(json), WireJson.Strict.EventBody).Record(Now), read);
        Assert.Equal(0, rest);
    }

    [Theory]
    [InlineData("""{"id":"e","tpye":"view"}""")]
    [InlineData("""{"id":"e","id":"e"}""")]
    [InlineData("""{"id":7}""")]
    [InlineData("""{"type":"view"}""")]
    [InlineData("""{"id":"e","time":"yesterday"}""")]
    [InlineData("""{"id":"e","time":true}""")]
    [InlineData("""{"id":"e","position":1.5}""")]
    [InlineData("""{"id":"e","position":99999999999}""")]
    [InlineData("""{"id":"e","price":"9"}""")]
    [InlineData("""{"id":"e","context":"text"}""")]
    [InlineData("""{"id":"a\nb"}""")]
    [InlineData("""{"\u0069d":"e"}""")]
    [InlineData("[]")]
    [InlineData("7")]
    public void Everything_else_is_left_to_it(string json) => Assert.Null(Read(Encoding.UTF8.GetBytes(json), out _));

    [Fact]
    public void Bytes_that_are_no_text_are_left_to_it()
    {
        Assert.Null(Read([.. """{"id":"e"""u8, 0xFF, .. "\"}"u8], out _));
        Assert.Null(Read([.. """{"id":"e","context":{"a":"""u8, (byte)'"', 0xC3, .. "\"}}"u8], out _));
    }

    [Fact]
    public void Texts_that_were_said_before_are_the_same_text()
    {
        var events = new EventReader();
        var json = """[{"id":"1","type":"view","user":"u"},{"id":"2","type":"view","user":"v"},{"id":"3","type":"click","user":"v"}]"""u8;
        var reader = new Utf8JsonReader(json);
        reader.Read();
        var read = new List<EventRecord>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) read.Add(events.Read(ref reader, json, Now)!);
        Assert.Equal([("1", "view", "u"), ("2", "view", "v"), ("3", "click", "v")], read.Select(e => (e.Id, e.Type, e.User)));
        Assert.Same(read[0].Type, read[1].Type);
        Assert.Same(read[1].User, read[2].User);
    }

    private static EventRecord? Read(byte[] json, out long rest)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        var record = new EventReader().Read(ref reader, json, Now);
        rest = json.Length - reader.BytesConsumed;
        return record;
    }
}
