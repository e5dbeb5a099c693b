using Sundry.Data;
using Sundry.Training;
using static Sundry.Tests.Training.GoldenRows;

namespace Sundry.Tests.Training;

public class TaskMetricsTests
{
    [Fact]
    public void Values_are_those_of_the_single_metrics()
    {
        foreach (var metric in TaskMetrics.Compute(Task(TaskType.Binary), Probabilities, Labels, Weights, 0))
            Assert.Equal(MetricInvarianceTests.Value(metric.Name, Probabilities, Labels, Weights), metric.Value, 1e-12);
        foreach (var metric in TaskMetrics.Compute(Task(TaskType.Regression), Estimates, Values, Weights, 0))
            Assert.Equal(MetricInvarianceTests.Value(metric.Name, Estimates, Values, Weights), metric.Value, 1e-12);
        foreach (var metric in TaskMetrics.Compute(Task(TaskType.Count), Estimates, Counts, Weights, 0))
            Assert.Equal(MetricInvarianceTests.Value(metric.Name, Estimates, Counts, Weights), metric.Value, 1e-12);

        var multiclass = TaskMetrics.Compute(Task(TaskType.Multiclass), ClassProbabilities, Classes, Weights, 0);
        Assert.Equal(Accuracy.Of(ClassProbabilities, 3, Classes, Weights), multiclass[0].Value, 1e-12);
        Assert.Equal(MacroF1.Of(ClassProbabilities, 3, Classes, Weights), multiclass[1].Value, 1e-12);
        Assert.Equal(MulticlassLogLoss.Of(ClassProbabilities, 3, Classes, Weights), multiclass[2].Value, 1e-12);
    }

    [Theory]
    [InlineData(TaskType.Binary)]
    [InlineData(TaskType.Regression)]
    [InlineData(TaskType.Count)]
    [InlineData(TaskType.Multiclass)]
    public void Intervals_hold_the_value_and_repeat_with_the_seed(TaskType type)
    {
        var (predictions, labels) = Rows(type);
        var first = TaskMetrics.Compute(Task(type), predictions, labels, default, 100, 5);
        var again = TaskMetrics.Compute(Task(type), predictions, labels, default, 100, 5);
        var other = TaskMetrics.Compute(Task(type), predictions, labels, default, 100, 6);
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.Equal(TaskMetrics.Names(type), first.Select(metric => metric.Name));
        Assert.All(first, metric =>
        {
            Assert.True(metric.Low <= metric.Value && metric.Value <= metric.High, metric.ToString());
            Assert.True(metric.Low < metric.High, metric.ToString());
            Assert.Null(metric.Reason);
        });
    }

    [Fact]
    public void Undefined_says_why()
    {
        Assert.Equal("no row is positive", Reason(TaskType.Binary, "auc", [.1f, .2f], [0, 0]));
        Assert.Equal("every row is positive", Reason(TaskType.Binary, "auc", [.1f, .2f], [1, 1]));
        Assert.Equal("no row is predicted positive", Reason(TaskType.Binary, "precision", [.1f, .2f], [0, 1]));
        Assert.Equal("no row has a label", Reason(TaskType.Binary, "logloss", [.1f], [float.NaN]));
        Assert.Equal("no row has a label", Reason(TaskType.Multiclass, "accuracy", [], []));
        Assert.Equal("a prediction is not a number", Reason(TaskType.Binary, "auc", [float.NaN, .2f], [0, 1]));
        Assert.Equal("a prediction is not a number", Reason(TaskType.Regression, "rmse", [float.NaN, .2f], [0, 1]));
        Assert.Equal("every label is the same", Reason(TaskType.Regression, "r2", [.1f, .2f], [4, 4]));
        Assert.Equal("every label is 0", Reason(TaskType.Count, "calibration", [.1f, .2f], [0, 0]));
        Assert.Equal("a label is negative", Reason(TaskType.Count, "poisson_deviance", [.1f, .2f], [-1, 1]));

        static string? Reason(TaskType type, string metric, float[] predictions, float[] labels)
        {
            var value = TaskMetrics.Compute(Task(type), predictions, labels, default, 20).Single(m => m.Name == metric);
            Assert.Equal(double.NaN, value.Value);
            Assert.False(value.HasInterval);
            return value.Reason;
        }
    }

    [Fact]
    public void An_interval_over_one_positive_row_is_undefined()
    {
        float[] scores = [.1f, .2f, .3f, .4f, .5f], labels = [0, 0, 0, 1, 0];
        var auc = TaskMetrics.Compute(Task(TaskType.Binary), scores, labels, default)[0];
        Assert.Equal(.75, auc.Value);
        Assert.False(auc.HasInterval);
    }

    [Fact]
    public void Intervals_cover_what_they_promise()
    {
        // the share of right predictions is .7 by construction: an interval of 95 % holds it in nearly that share of samples
        int held = 0;
        const int samples = 300, rows = 250;
        for (int sample = 0; sample < samples; sample++)
        {
            var random = new Random(sample);
            float[] labels = [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble() < .5 ? 1f : 0)];
            float[] predictions = [.. labels.Select(y => random.NextDouble() < .7 ? y : 1 - y)];
            var accuracy = TaskMetrics.Compute(Task(TaskType.Binary), predictions, labels, default, 200, (ulong)sample).Single(m => m.Name == "accuracy");
            if (accuracy.Low <= .7 && .7 <= accuracy.High) held++;
        }

        Assert.InRange(held / (double)samples, .90, .985);
    }

    [Fact]
    public void Every_name_has_a_direction_and_others_are_refused()
    {
        foreach (var type in Enum.GetValues<TaskType>())
        {
            Assert.Contains(TaskMetrics.Default(type), TaskMetrics.Names(type));
            foreach (string name in TaskMetrics.Names(type)) Assert.Equal(TaskMetrics.HigherIsBetter(name), TaskMetrics.Goodness(name, 3) > TaskMetrics.Goodness(name, 2));
        }

        Assert.Equal("logloss", TaskMetrics.For(Task(TaskType.Binary, "logloss")));
        Assert.Equal("auc", TaskMetrics.For(Task(TaskType.Binary)));
        Assert.True(TaskMetrics.Goodness("calibration", 1.1) > TaskMetrics.Goodness("calibration", .8));
        Assert.Contains("'acu'", Assert.Throws<ArgumentException>(() => TaskMetrics.HigherIsBetter("acu")).Message, StringComparison.Ordinal);
    }

    private static (float[] Predictions, float[] Labels) Rows(TaskType type) => type switch
    {
        TaskType.Binary => (Probabilities, Labels),
        TaskType.Regression => (Estimates, Values),
        TaskType.Count => (Estimates, Counts),
        _ => (ClassProbabilities, Classes),
    };
}
