using Sundry.Data;
using Sundry.Models;

namespace Sundry.Training;

/// <summary>What cannot be had where tasks are about several sources.</summary>
internal static class SourceRules
{
    /// <summary>Why the model's options cannot work with several sources, and the key that says so; null where they can.</summary>
    public static (string Key, string Message)? Refuse(SundryOptions options)
    {
        if (options.Data.Sources.Count == 0) return null;
        var draw = ConfigWords.Of(options.Training.Sources.Draw);
        if (options.Model.Normalization == Normalization.Batch && options.Training.Sources.Draw != SourceDraw.Mixed)
            return ("normalization", $"batch normalisation would learn the mean of one source at a time under 'training.sources: {draw}', and predict with a mean of all; choose layer, or 'training.sources: mixed'");
        return options.Model.Experts.LoadBalance > 0
            ? ("experts", "'load_balance' counts every row of a batch, and a task's gate matters for the rows of its own source alone; remove it where there are several sources")
            : null;
    }

    /// <summary>Why a balancer cannot work with batches drawn so; null where it can.</summary>
    public static string? Refuse(SundryOptions options, string balancing) =>
        options.Data.Sources.Count > 0 && options.Training.Sources.Draw != SourceDraw.Mixed && Balancers.OfGradients.Contains(balancing)
            ? $"'balancing: {balancing}' compares the gradients of all tasks in one batch, and under 'training.sources: {ConfigWords.Of(options.Training.Sources.Draw)}' a batch holds one source's alone; set 'training.sources: mixed', or choose a balancing of losses"
            : null;
}
