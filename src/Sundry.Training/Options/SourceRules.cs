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
            : balancing == "searched" && options.Training.Balancing is not { Method: "searched", Weights: not null } ? RefuseSearch(options) : null;

    /// <summary>Why settings cannot be searched with batches drawn so; null where they can.</summary>
    public static string? RefuseSearch(SundryOptions options) => options.Data.Sources.Count > 0 && options.Training.Sources.Draw == SourceDraw.Alternate
        ? "a search judges models after few epochs, and under 'training.sources: alternate' each of them teaches one source alone; set 'training.sources: in_turn' or mixed"
        : null;

    /// <summary>The epochs in which a task sees its rows as often alone as it does together with those of other sources.</summary>
    public static int EpochsAlone(SundryOptions options, string source)
    {
        if (options.Data.Sources.Count == 0 || options.Training.Sources.Draw != SourceDraw.Alternate) return options.Training.Epochs;
        string[] sources = [SourceSchema.Main, .. options.Data.Sources.Keys];
        var turn = Array.IndexOf(sources, source);
        return Math.Max(1, (options.Training.Epochs - turn + sources.Length - 1) / sources.Length);
    }
}
