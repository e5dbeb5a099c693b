using System.Globalization;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Training;

/// <summary>What is tried where nothing is said: the architecture, its sizes, the learning rate, and how tasks are balanced.</summary>
internal static class UsualSpace
{
    public static IEnumerable<KeyValuePair<string, string>> Of(SundryOptions options)
    {
        TaskSchema[] tasks = [.. options.Tasks.Select(t => TaskSchema.Of(t.Key, t.Value))];
        var several = tasks.Length > 1;
        if (several)
        {
            string[] usual = ["shared_bottom", "mmoe", "cgc", "ple", "cross_stitch", "stem"];
            // those that go along a chain or a graph need one
            if (tasks.Any(t => t.After.Count > 0)) usual = [.. usual, "aitm", "dbmtl", "esmm"];
            string[] ways = [.. usual.Append(options.Model.Architecture).Distinct().Where(a => Architectures.Create(a).Refuse(tasks, options.Model) is null && (a == options.Model.Architecture || Serves(a, tasks, options.Model)))];
            yield return new("model.architecture", string.Join(',', ways));
            yield return new("model.experts.count", "2..8:int");
            yield return new("model.experts.shared", "1..3:int");
            yield return new("model.experts.own", "1..3:int");
            yield return new("model.experts.layers", "[16],[32],[64],[64, 32]");
        }

        yield return new("model.bottom", "[64],[128],[256],[128, 64]");
        yield return new("model.tower", "[8],[16],[32],[32, 16]");
        yield return new("model.embedding", "4,8,16");
        yield return new("model.dropout", "0..0.4");
        yield return new("training.learning_rate", "5e-4..1e-2:log");
        if (!several) yield break;
        string[] balancers = ["equal", "weighted", "uncertainty", "cagrad"];
        yield return new("training.balancing", string.Join(',', balancers.Where(b => (options.NegativeLoss(b) ?? SourceRules.Refuse(options, b)) is null)));
        // around the weight that was thought right
        foreach (var (task, of) in options.Tasks.Where(t => t.Value.Weight > 0))
            yield return new($"tasks.{Quoted(task)}.weight", string.Create(CultureInfo.InvariantCulture, $"{of.Weight / 5:G3}..{of.Weight * 5:G3}:log"));
    }

    // what is refused only once the network is built, such as a 'gradient.shared' that nothing would obey, or rows that may not be mixed
    private static bool Serves(string architecture, TaskSchema[] tasks, ModelOptions model)
    {
        var known = tasks.Select(t => t.Type == TaskType.Multiclass && t.Classes.Count == 0 ? t with { Classes = ["0", "1"] } : t);
        try
        {
            _ = new MultiTaskModel(new Layout([], [], ["x"], [.. known]), model with { Architecture = architecture });
            return true;
        }
        catch (InputException)
        {
            return false;
        }
    }

    /// <summary>A name of the user's as it stands in a setting's path.</summary>
    public static string Quoted(string name) => name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-') ? name : $"\"{name}\"";
}
