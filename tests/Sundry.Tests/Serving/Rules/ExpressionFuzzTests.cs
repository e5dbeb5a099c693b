using System.Diagnostics;
using System.Text;
using Sundry.Data;
using Sundry.Serving;

namespace Sundry.Tests;

/// <summary>Whatever is written as a condition is one, or is refused in a sentence: quickly, and without much memory.</summary>
public sealed class ExpressionFuzzTests
{
    private const int Cases = 8_000;
    private const long MostBytes = 4 << 20;

    private static readonly string[] s_words =
    [
        "price", "brand", "item.price", "user.age", "context.region", "tags", "and", "or", "not", "in", "is", "missing", "(", ")", ",", "=", "!=", "<", "<=", ">", ">=", "5", "-1.5e300", "1e999", "'a b'", "\"x\"", "'", "\"", "🦊", "\u202e",
        "context.", "user.", "true", "null", "\0", "\t", "\n", ".", "..", "*", "%", ";", "--", "9999999999999999999999", "ａ", "\ud800",
    ];

    private static readonly string[] s_right =
    [
        "price < 50 and category in (shoes, bags) and not (context.region = US and restricted)", "min_age <= user.age", "brand != 'a b' or tags = new", "not not not x", "x in (1, 2, 3) or y not in (a)",
    ];

    [Fact]
    public void Nothing_but_a_condition_or_a_refusal_comes_of_it()
    {
        var random = new Random(20260304);
        var names = new RuleNames();
        var (facts, read, slowest) = (Scopes(names), 0, 0.0);
        for (var i = 0; i < Cases; i++)
        {
            var text = Text(random);
            var (started, before) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
            try
            {
                var expression = RuleExpression.Parse(text, names, add: false);
                foreach (var scope in facts) _ = expression.Holds(scope);
                read++;
            }
            catch (InputException e)
            {
                Assert.NotEqual("", e.Message);
            }

            slowest = Math.Max(slowest, Stopwatch.GetElapsedTime(started).TotalSeconds);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        }

        Assert.InRange(read, Cases / 50, Cases);
        Assert.InRange(slowest, 0, 60);
        // names that strangers wrote are not kept
        Assert.Equal(-1, names.Item.Find("x"));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("not ")]
    [InlineData("a = 1 and ")]
    [InlineData("a = 1 or ")]
    [InlineData("not (")]
    [InlineData("a in (1,")]
    [InlineData("a in (")]
    [InlineData("'")]
    public void Whatever_is_said_over_and_over_needs_no_deep_stack(string again)
    {
        // far less than any thread has
        Exception? thrown = null;
        var thread = new Thread(
            () =>
            {
                for (var times = 1; times * again.Length < RuleExpression.LongestText + again.Length; times = times < 40 ? times + 1 : times * 2)
                {
                    try
                    {
                        var names = new RuleNames();
                        var expression = RuleExpression.Parse(string.Concat(Enumerable.Repeat(again, times)) + "a = 1" + (again.Contains('(', StringComparison.Ordinal) ? new string(')', times) : ""), names);
                        _ = expression.Holds(new RuleScope(Facts.None, Facts.None, Facts.None));
                    }
                    catch (InputException)
                    {
                        // refused
                    }
                    catch (Exception e)
                    {
                        thrown = e;
                    }
                }
            },
            512 * 1024);
        thread.Start();
        thread.Join();
        Assert.Null(thrown);
    }

    private static string Text(Random random)
    {
        var text = new StringBuilder();
        switch (random.Next(4))
        {
            case 0:
                for (var words = random.Next(40); words > 0; words--) text.Append(s_words[random.Next(s_words.Length)]).Append(random.Next(8) == 0 ? "" : " ");
                break;
            case 1:
                text.Append(s_right[random.Next(s_right.Length)]);
                for (var changes = random.Next(4); changes > 0; changes--) text[random.Next(text.Length)] = random.Next(2) == 0 ? (char)random.Next(' ', 127) : (char)random.Next(1, 0xffff);
                break;
            case 2:
                text.Append(string.Join(random.Next(2) == 0 ? " and " : " or ", Enumerable.Range(0, random.Next(1, 1_200)).Select(_ => random.Next(3) == 0 ? "not price > 1" : "brand = x")));
                break;
            default:
                for (var parts = random.Next(1, 6); parts > 0; parts--) text.Append(s_right[random.Next(s_right.Length)].AsSpan(random.Next(10))).Append(random.Next(2) == 0 ? " and (" : " or ");
                break;
        }

        return text.ToString();
    }

    private static RuleScope[] Scopes(RuleNames names)
    {
        KeyValuePair<string, string>[] values = [new("price", "5"), new("brand", "a b"), new("tags", "new|old"), new("age", "NaN"), new("region", "US"), new("category", "shoes"), new("min_age", "1e400")];
        return [new(Facts.None, Facts.None, Facts.None), new(Facts.Of(names.Item, values), Facts.Of(names.User, values), Facts.Of(names.Context, values))];
    }
}
