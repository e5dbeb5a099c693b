using Sundry.Data;
using Sundry.Models;

namespace Sundry.Tests.Models.Ranking;

public sealed class ValueTermTests
{
    private static readonly TaskSchema[] s_tasks =
    [
        Task("click", TaskType.Binary, ["0", "1"]), Task("stars", TaskType.Multiclass, ["1", "3", "5"]), Task("interest", TaskType.Multiclass, ["high", "low"]), Task("spend", TaskType.Regression, []),
    ];

    [Fact]
    public void A_task_gives_its_one_output()
    {
        Assert.Equal([.3f, .4f], Outputs("click", [.3f, .4f]));
        Assert.Equal([-2f, 7f], Outputs("spend", [-2, 7]));
    }

    [Fact]
    public void A_class_gives_its_probability() => Assert.Equal([.9f, .2f], Outputs("interest.high", [.9f, .1f, .2f, .8f]));

    [Fact]
    public void Classes_that_are_numbers_give_their_expectation() => Assert.Equal([.5f * 1 + .25f * 3 + .25f * 5], Outputs("stars", [.5f, .25f, .25f]));

    [Fact]
    public void A_column_multiplies()
    {
        var term = ValueTerm.Read("click*price", s_tasks);
        Assert.Equal("price", term.Column);
        var output = new float[2];
        term.Outputs([.5f, .25f], [10, 40], output);
        Assert.Equal([5f, 10f], output);
        Assert.Equal(40, term.Gain(1, 40));
    }

    [Fact]
    public void A_label_is_worth_what_the_term_asks_for()
    {
        Assert.Equal(1, ValueTerm.Read("click", s_tasks).Gain(1, 0));
        Assert.Equal(0, ValueTerm.Read("click", s_tasks).Gain(float.NaN, 0));
        Assert.Equal(5, ValueTerm.Read("stars", s_tasks).Gain(2, 0));
        Assert.Equal(1, ValueTerm.Read("interest.low", s_tasks).Gain(1, 0));
        Assert.Equal(0, ValueTerm.Read("interest.low", s_tasks).Gain(0, 0));
        Assert.Equal(0, ValueTerm.Read("spend", s_tasks).Gain(-3, 0));
    }

    [Theory]
    [InlineData("clik", "did you mean 'click'")]
    [InlineData("clik*price", "did you mean 'click'")]
    [InlineData("click.yes", "has no classes")]
    [InlineData("interest", "name the class, such as 'interest.high'")]
    [InlineData("interest.hgh", "did you mean 'high'")]
    public void What_is_no_number_is_refused(string term, string part) =>
        Assert.Contains(part, Assert.Throws<InputException>(() => ValueTerm.Read(term, s_tasks)).Message, StringComparison.Ordinal);

    private static float[] Outputs(string text, float[] predictions)
    {
        var term = ValueTerm.Read(text, s_tasks);
        var output = new float[predictions.Length / Math.Max(1, s_tasks[term.Task].Type == TaskType.Multiclass ? s_tasks[term.Task].Classes.Count : 1)];
        term.Outputs(predictions, [], output);
        return output;
    }

    private static TaskSchema Task(string name, TaskType type, string[] classes) => new(name, type, classes, 1, "", 1, "", null, 1);
}
