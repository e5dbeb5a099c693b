using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class TrainingSectionTests
{
    [Fact]
    public void Task_weights_that_change_are_drawn_and_listed()
    {
        var page = HtmlReport.Render(With(epoch => 1.0 / epoch));
        Assert.Contains("Weight of income per epoch", page, StringComparison.Ordinal);
        Assert.Contains($"a mean weight of {Figures.Value(1)} in the first epoch and {Figures.Value(.25)} in the last", page, StringComparison.Ordinal);
        Assert.Contains("income, weight", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_stay_and_those_that_were_not_recorded_are_left_out()
    {
        Assert.DoesNotContain("income, weight", HtmlReport.Render(With(_ => 1)), StringComparison.Ordinal);
        Assert.DoesNotContain("income, weight", HtmlReport.Render(SampleReport.Full()), StringComparison.Ordinal);
    }

    private static ReportModel With(Func<int, double> weight)
    {
        var model = SampleReport.Full();
        return model with { Balancing = "gls", History = [.. model.History.Select(e => e with { Weights = new Dictionary<string, double> { ["income"] = weight(e.Epoch) } })] };
    }
}
