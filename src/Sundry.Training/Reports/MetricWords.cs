namespace Sundry.Training;

/// <summary>A metric's name and meaning for people.</summary>
internal static class MetricWords
{
    public static string Name(string metric) => metric switch
    {
        "auc" => "AUC",
        "pr_auc" => "PR-AUC",
        "logloss" => "log loss",
        "normalized_entropy" => "normalized entropy",
        "calibration" => "calibration ratio",
        "ece" => "calibration error (ECE)",
        "f1" => "F1",
        "rmse" => "RMSE",
        "mae" => "MAE",
        "r2" => "R²",
        "poisson_deviance" => "Poisson deviance",
        _ => metric,
    };

    public static string Meaning(string metric) => metric switch
    {
        "auc" => "chance that a positive row scores above a negative one; ½ is guessing",
        "pr_auc" => "average precision; guessing gives the share of positives",
        "logloss" => "average surprise, in nats",
        "normalized_entropy" => "log loss relative to always predicting the mean; below 1 is better than that",
        "calibration" => "sum of predictions over sum of labels; 1 is right",
        "ece" => "average distance of predicted from observed, in groups of equal size",
        "accuracy" => "share of rows predicted right",
        "precision" => "share of predicted positives that are, at ½",
        "recall" => "share of positives that are found, at ½",
        "f1" => "balance of precision and recall",
        "rmse" => "typical error, large ones weighing more, in the label's unit",
        "mae" => "mean absolute error, in the label's unit",
        "r2" => "share of the variance explained",
        "poisson_deviance" => "distance of counts from their expectation",
        _ => "",
    };

    public static string Direction(string metric) => metric == "calibration" ? "nearest 1" : TaskMetrics.HigherIsBetter(metric) ? "higher" : "lower";
}
