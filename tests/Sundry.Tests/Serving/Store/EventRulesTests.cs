using Sundry.Serving;

namespace Sundry.Tests;

public sealed class EventRulesTests
{
    private const long Now = 1_700_000_000_000;

    private static readonly EventRecord s_good = new() { Type = "view", User = "u", Time = Now };

    public static TheoryData<EventRecord, string> Refused => new()
    {
        { s_good with { Type = "" }, "no type" },
        { s_good with { Type = "purchse" }, "did you mean 'purchase'" },
        { s_good with { User = null }, "neither a user nor a session" },
        { s_good with { User = "", Session = "" }, "neither a user nor a session" },
        { s_good with { User = "a\0b" }, "code 0" },
        { s_good with { User = "a\ud800" }, "half of a UTF-16 pair" },
        { s_good with { User = "\udc00a" }, "half of a UTF-16 pair" },
        { s_good with { Id = "" }, "'id' is empty" },
        { s_good with { Id = new string('x', 257) }, "257 characters" },
        { s_good with { Item = new string('x', 257) }, "'item'" },
        { s_good with { Text = new string('x', 10_001) }, "'text'" },
        { s_good with { Time = Now + 300_001 }, "future" },
        { s_good with { Time = -1 }, "before 1970" },
        { s_good with { Quantity = -0.5 }, "quantity -0.5" },
        { s_good with { Quantity = double.NaN }, "quantity NaN" },
        { s_good with { Price = -1 }, "price -1" },
        { s_good with { Price = double.PositiveInfinity }, "price" },
        { s_good with { Value = double.NegativeInfinity }, "value" },
        { s_good with { Position = -1 }, "position -1" },
        { s_good with { Position = 32_768 }, "position 32768" },
        { s_good with { Context = "[1]" }, "no JSON object" },
        { s_good with { Context = "{" }, "no JSON object" },
        { s_good with { Context = """{"a":1,"a":1}""" }, "every name once" },
        { s_good with { Context = string.Concat(Enumerable.Repeat("{\"a\":", 20)) + "1" + new string('}', 20) }, "levels deep" },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void What_cannot_be_used_is_refused(EventRecord record, string part) =>
        Assert.Contains(part, new EventRules().Problem(record, Now), StringComparison.Ordinal);

    [Fact]
    public void What_can_be_used_is_taken()
    {
        var rules = new EventRules { OwnTypes = ["wishlist"], ClockSkew = TimeSpan.FromHours(1) };
        Assert.Null(rules.Problem(s_good, Now));
        Assert.Null(rules.Problem(s_good with { Type = "wishlist", Time = Now + 3_600_000, Position = 0, Text = "" }, Now));
        Assert.Null(rules.Problem(s_good with { User = null, Session = "🦊", Context = "{}" }, Now));
        Assert.NotNull(rules.Problem(s_good with { Type = "anything" }, Now));
        Assert.Null(new EventRules { AnyType = true }.Problem(s_good with { Type = "anything" }, Now));
        Assert.NotNull(new EventRules { AnyType = true }.Problem(s_good with { Type = "any\0thing" }, Now));
    }

    [Fact]
    public void A_derived_id_depends_on_all_that_an_event_says()
    {
        EventRecord[] all =
        [
            s_good, s_good with { Type = "click" }, s_good with { User = "v" }, s_good with { User = null, Session = "u" }, s_good with { Session = "" }, s_good with { Item = "u" }, s_good with { Time = Now - 1 },
            s_good with { Quantity = 0 }, s_good with { Price = 0 }, s_good with { Value = 0 }, s_good with { Position = 0 }, s_good with { Scenario = "x" }, s_good with { Recommendation = "x" },
            s_good with { Text = "x" }, s_good with { Context = "{}" }, s_good with { Type = "viewu", User = "" }, s_good with { Type = "vie", User = "wu" },
        ];
        Assert.Equal(all.Length, all.Select(EventIdentity.Of).Distinct().Count());
        Assert.Equal(EventIdentity.Of(s_good), EventIdentity.Of(s_good with { Type = new string("view") }));
        // stored ids must not change from version to version
        Assert.Equal("018bcfe56800", EventIdentity.Of(s_good)[..12]);
        Assert.Equal(34, EventIdentity.Of(s_good).Length);
    }
}
