using Microsoft.Extensions.Configuration;
using Sundry.Data;
using Sundry.Serving;

namespace Sundry.Tests;

/// <summary>Spans from the request to the rules, as a collector gets them.</summary>
public sealed class OtlpExportTests
{
    [Fact]
    public async Task A_collector_gets_a_trace_from_the_request_to_the_rules_and_nothing_of_people()
    {
        await using var collector = await OtlpReceiver.Start();
        var shop = new HttpShop { WithModel = true };
        await shop.InitializeAsync();
        const string Caller = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        try
        {
            using (var export = OtlpExport.Start("1.2.3", Settings(("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address), ("OTEL_SERVICE_NAME", "the-shop"))))
            {
                Assert.NotNull(export);
                var now = shop.Shop.Now;
                Assert.Equal(200, (await shop.Ask("POST", "/v1/events", $$"""{"type":"view","user":"secret-person","item":"i3","time":{{now}}}""", headers: ("traceparent", Caller))).Status);
                Assert.Equal(200, (await shop.Ask("POST", "/v1/recommend", """{"user":"secret-person","count":3,"deadline_ms":10000}""")).Status);
                Assert.Equal(200, (await shop.Ask("GET", "/v1/users/secret-person")).Status);
                Assert.Equal(404, (await shop.Ask("GET", "/v1/items/secret-item")).Status);
                Assert.Equal(200, (await shop.Ask("GET", "/health/live")).Status);
            }

            // other tests of this process have spans too
            var spans = collector.Spans.ToList();
            var told = Assert.Single(spans, s => s.Trace == "0af7651916cd43dd8448eb211c80319c" && s.Name == "POST /v1/events");
            Assert.Equal("b7ad6b7169203331", told.Parent);
            Assert.Contains(spans, s => s.Name == "commit" && s.Trace == told.Trace && s.Parent == told.Id);
            var asked = spans.Where(s => s.Name == "POST /v1/recommend").Select(s => (Request: s, Inside: spans.Where(i => i.Trace == s.Trace).ToList()))
                .First(s => s.Inside.Exists(i => i.Name == "score"));
            Assert.Equal("", asked.Request.Parent);
            var answer = Assert.Single(asked.Inside, s => s.Name == "recommend");
            Assert.Equal(asked.Request.Id, answer.Parent);
            foreach (var stage in new[] { "retrieve", "features", "score", "rules" }) Assert.Equal(answer.Id, asked.Inside.First(s => s.Name == stage).Parent);
            Assert.Equal(("POST", "/v1/recommend", "200"), (asked.Request.Tags["http.request.method"], asked.Request.Tags["http.route"], asked.Request.Tags["http.response.status_code"]));
            Assert.Contains(spans, s => s.Name == "GET /v1/users/{id}");
            Assert.Contains(spans, s => s.Name == "GET /v1/items/{id}" && s.Tags["http.response.status_code"] == "404" && !s.Tags.ContainsKey("error.type"));
            Assert.DoesNotContain(spans, s => s.Name.Contains("health", StringComparison.Ordinal));
            var bodies = collector.Bodies.ToList();
            Assert.Contains(bodies, b => b.Path == "/v1/metrics" && b.Bytes.Contains("sundry.answer.duration", StringComparison.Ordinal));
            Assert.All(bodies, b => Assert.Contains("the-shop", b.Bytes, StringComparison.Ordinal));
            Assert.All(bodies, b => Assert.DoesNotContain("secret", b.Bytes, StringComparison.Ordinal));
            Assert.All(bodies, b => Assert.DoesNotContain(shop.Key, b.Bytes, StringComparison.Ordinal));
        }
        finally
        {
            await shop.DisposeAsync();
        }
    }

    [Fact]
    public async Task What_the_environment_turns_off_is_not_sent()
    {
        await using var collector = await OtlpReceiver.Start();
        Assert.Null(OtlpExport.Start("1"));
        Assert.Null(OtlpExport.Start("1", Settings()));
        Assert.Null(OtlpExport.Start("1", Settings(("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address), ("OTEL_SDK_DISABLED", "true"))));
        Assert.Null(OtlpExport.Start("1", Settings(("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address), ("OTEL_TRACES_EXPORTER", "none"), ("OTEL_METRICS_EXPORTER", "none"))));
        using (OtlpExport.Start("1", Settings(("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", collector.Address + "/own/path"))))
            Instruments.Unwritten.Add(0);
        Assert.All(collector.Bodies, b => Assert.Equal("/own/path", b.Path));
        Assert.NotEmpty(collector.Bodies);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector", "is 'collector' and no address; write one such as http://localhost:4318")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json", "write http/protobuf or grpc")]
    [InlineData("OTEL_TRACES_EXPORTER", "zipkin", "write otlp or none")]
    public void A_variable_that_is_wrong_is_named(string name, string value, string part)
    {
        var problem = Assert.Throws<InputException>(() => OtlpExport.Start("1", Settings(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1"), (name, value))));
        Assert.StartsWith(name, problem.Message, StringComparison.Ordinal);
        Assert.Contains(part, problem.Message, StringComparison.Ordinal);
    }

    private static IConfiguration Settings(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.GroupBy(s => s.Name).Select(s => KeyValuePair.Create(s.Key, (string?)s.Last().Value))).Build();
}
