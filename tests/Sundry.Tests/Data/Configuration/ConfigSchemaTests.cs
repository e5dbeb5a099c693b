using System.Text.Json.Nodes;
using Sundry.Data;

namespace Sundry.Tests;

public class ConfigSchemaTests
{
    private static readonly string s_text = ConfigSchema.ToJsonSchema<SampleOptions>("Sample");
    private static readonly JsonNode s_schema = JsonNode.Parse(s_text)!;

    [Fact]
    public void The_same_classes_give_the_same_text() => Assert.Equal(s_text, ConfigSchema.ToJsonSchema<SampleOptions>("Sample"));

    [Fact]
    public void The_root_is_closed_and_refers_to_its_sections()
    {
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", (string?)s_schema["$schema"]);
        Assert.Equal("Sample", (string?)s_schema["title"]);
        Assert.False((bool)s_schema["additionalProperties"]!);
        Assert.Equal(["name", "data", "features", "exclude", "tasks", "model"], s_schema["properties"]!.AsObject().Select(property => property.Key));
        Assert.Equal("#/$defs/SampleModel", (string?)s_schema["properties"]!["model"]!["$ref"]);
        Assert.Equal("What is learned", (string?)s_schema["properties"]!["model"]!["description"]);
        Assert.Equal(["BotOptions", "ClassWeightOptions", "DataOptions", "FeatureOptions", "GradientOptions", "LogEventsOptions", "LogOptions", "LogTableOptions", "NegativeOptions", "RowsOptions", "SampleExperts", "SampleModel", "SamplingOptions", "SourceOptions", "SplitOptions", "TaskOptions", "TaskSamplingOptions", "TextEncoderOptions", "ValidationOptions"], s_schema["$defs"]!.AsObject().Select(definition => definition.Key));
    }

    [Theory]
    [InlineData("SampleModel", "epochs", """{"type":"integer","minimum":1,"maximum":1000,"default":10}""")]
    [InlineData("SampleModel", "learning_rate", """{"type":"number","exclusiveMinimum":0,"maximum":1,"default":0.001}""")]
    [InlineData("SampleModel", "optimizer", """{"enum":["adam","adagrad","sgd"],"default":"adam"}""")]
    [InlineData("SampleModel", "shuffle", """{"type":"boolean","default":true}""")]
    [InlineData("SampleModel", "layers", """{"anyOf":[{"type":"array","items":{"type":"integer"}},{"type":"integer"}],"default":[256,128]}""")]
    [InlineData("SampleModel", "threads", """{"anyOf":[{"const":"auto"},{"type":"integer"}],"default":"auto"}""")]
    [InlineData("SampleModel", "experts", """{"$ref":"#/$defs/SampleExperts"}""")]
    [InlineData("DataOptions", "format", """{"enum":["auto","csv","tsv","jsonl"],"description":"How the files are written; auto goes by the file's name. Each may be gzipped","default":"auto"}""")]
    [InlineData("DataOptions", "validation", """{"$ref":"#/$defs/ValidationOptions","description":"Validation rows: a share of the training rows, such as 10%, or a path, a glob or a list of them","default":"10%"}""")]
    [InlineData("DataOptions", "weight", """{"anyOf":[{"type":["string","number","boolean"]},{"type":"null"}],"description":"The column that holds each row's weight, a number of at least 0"}""")]
    public void A_key_has_its_type_range_words_and_default(string type, string key, string expected)
    {
        var definition = s_schema["$defs"]![type]!;
        Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), definition["properties"]![key]!.ToJsonString());
    }

    [Fact]
    public void Short_forms_stand_beside_the_map()
    {
        var forms = s_schema["$defs"]!["SampleExperts"]!["anyOf"]!.AsArray();
        Assert.Equal("""{"type":"integer","minimum":1,"maximum":64}""", forms[0]!.ToJsonString());
        Assert.Equal("object", (string?)forms[1]!["type"]);
    }

    [Fact]
    public void Needed_keys_are_required_and_every_key_of_the_data_room_is_described()
    {
        Assert.Equal("""["events"]""", s_schema["$defs"]!["LogOptions"]!["anyOf"]!.AsArray()[^1]!["required"]!.ToJsonString());
        // either 'train' or 'log'
        Assert.Null(s_schema["$defs"]!["DataOptions"]!["required"]);
        foreach (var (name, definition) in s_schema["$defs"]!.AsObject().Where(definition => !definition.Key.StartsWith("Sample", StringComparison.Ordinal)))
        {
            var map = definition!["properties"] is null ? definition["anyOf"]!.AsArray()[^1]! : definition;
            Assert.All(map["properties"]!.AsObject(), property => Assert.False(string.IsNullOrEmpty((string?)property.Value!["description"]), $"{name}.{property.Key}"));
        }
    }
}
