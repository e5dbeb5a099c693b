using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sundry.Data;

namespace Sundry.Training;

/// <summary>What <c>tune</c> searches, by which measure, and for how long.</summary>
public sealed record TuneOptions
{
    /// <summary>By path of a setting: what is tried for it, values or a range <c>LOW..HIGH</c> with <c>:log</c> or <c>:int</c> behind it.</summary>
    /// <value>Default: none, which searches the architecture, its sizes, the learning rate, and how tasks are balanced.</value>
    [Description("By path of a setting, such as training.learning_rate: the values to try, or a range such as 1e-4..1e-2:log or 2..8:int; without any, the architecture, sizes, learning rate and balancing")]
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Try { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>What is made as great as can be: <c>no-regret</c>, <c>mean</c>, a task, <c>TASK.METRIC</c>, or weights <c>TASK=W,TASK=W</c>.</summary>
    /// <value>Default: auto (null): no-regret where there are several tasks, else mean.</value>
    [ConfigNull("auto")]
    [Description("no-regret: the greatest mean gain over single-task models at which no task loses; mean of the tasks' own metrics; a task, TASK.METRIC, or weights such as click=1,buy=3; auto: no-regret where there are several tasks")]
    public string? Objective { get; init; }

    /// <summary>Settings that are drawn, the configuration's own among them.</summary>
    /// <value>Default: auto (null): 30, or as many as fit where minutes are given.</value>
    [ConfigNull("auto")]
    [Range(1, 100_000)]
    [Description("How many settings are tried, the configuration's own being the first; auto: 30, or as many as fit into the minutes")]
    public int? Trials { get; init; }

    /// <summary>Minutes that the whole may take.</summary>
    /// <value>Default: none.</value>
    [ConfigNull("none")]
    [Range(0.01, 1e6)]
    [Description("Minutes that the whole may take; what is left is kept for confirming the best")]
    public double? Minutes { get; init; }

    /// <summary>Of so many trials on a rung one goes on to the next, which has so many times the epochs.</summary>
    /// <value>Default: 3.</value>
    [Range(2, 16)]
    [Description("Of so many trials on a rung the best goes on to the next, which has so many times the epochs; the last has training.epochs")]
    public int Reduction { get; init; } = 3;

    /// <summary>Trials that are confirmed on further seeds.</summary>
    /// <value>Default: 3.</value>
    [Range(1, 100)]
    [Description("How many of the best trials are trained again with further seeds before one is chosen")]
    public int Finalists { get; init; } = 3;

    /// <summary>Seeds of each finalist, its first one included.</summary>
    /// <value>Default: 3.</value>
    [Range(1, 100)]
    [Description("Seeds of each of them, the first one included")]
    public int Seeds { get; init; } = 3;
}
