using System.Globalization;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>
/// One number a row that a value formula works on, written <c>TASK</c>, <c>TASK.CLASS</c>, or either with <c>*COLUMN</c>. Of a binary task it is the probability, of a
/// regression the predicted value in the label's unit, of a count the expected count, of a class its probability; of a multiclass task whose classes are all
/// numbers, without a class, their expectation Σ p·class.
/// </summary>
public sealed class ValueTerm
{
    private readonly float[]? _classes;
    private readonly int _class;

    private ValueTerm(string text, int task, int @class, float[]? classes, string? column)
    {
        Text = text;
        Task = task;
        Column = column;
        _class = @class;
        _classes = classes;
    }

    /// <summary>As it is written.</summary>
    public string Text { get; }

    /// <summary>The task's place among those that it was read for.</summary>
    public int Task { get; }

    /// <summary>The column that the output is multiplied by, or null.</summary>
    public string? Column { get; }

    private bool IsClass { get; init; }

    /// <summary>Reads a term.</summary>
    /// <param name="text">The term.</param>
    /// <param name="tasks">The tasks.</param>
    /// <exception cref="InputException">It names no task, no class of its task, or a multiclass task as a whole whose classes are no numbers.</exception>
    public static ValueTerm Read(string text, IReadOnlyList<TaskSchema> tasks)
    {
        string[] names = [.. tasks.Select(t => t.Name)];
        var (name, @class, column) = Split(text, names);
        if (name is null) throw new InputException("ranking: " + Unknown(text, names));
        var place = Array.IndexOf(names, name);
        var task = tasks[place];
        if (@class is not null)
        {
            if (task.Type != TaskType.Multiclass) throw new InputException($"ranking: the task '{name}' of '{text}' has no classes; write '{name}'");
            var at = task.Classes.ToList().IndexOf(@class);
            if (at < 0) throw new InputException($"ranking: the task '{name}' has no class '{@class}'{NearestName.Ask(@class, task.Classes)} (they are {string.Join(", ", task.Classes.Take(12))})");
            return new ValueTerm(text, place, at, null, column) { IsClass = true };
        }

        if (task.Type != TaskType.Multiclass) return new ValueTerm(text, place, 0, null, column);
        return Numbers(task) is { } classes
            ? new ValueTerm(text, place, -1, classes, column)
            : throw new InputException($"ranking: '{text}' is a multiclass task, which has one output a class; name the class, such as '{name}.{(task.Classes.Count > 0 ? task.Classes[0] : "class")}'");
    }

    /// <summary>Whether a task has one output to rank by without a class being named.</summary>
    public static bool IsWhole(TaskSchema task) => task.Type != TaskType.Multiclass || Numbers(task) is not null;

    /// <summary>Takes the term's numbers out of its task's predictions.</summary>
    /// <param name="predictions">[n], or [n, classes]: what the task's head predicts.</param>
    /// <param name="column">[n] the column's values; empty where <see cref="Column"/> is null.</param>
    /// <param name="output">[n] takes the numbers.</param>
    public void Outputs(ReadOnlySpan<float> predictions, ReadOnlySpan<float> column, Span<float> output)
    {
        var width = output.Length == 0 ? 1 : predictions.Length / output.Length;
        for (var i = 0; i < output.Length; i++)
        {
            var y = _class >= 0 ? predictions[i * width + _class] : 0;
            for (var c = 0; _class < 0 && c < width; c++) y += predictions[i * width + c] * _classes![c];
            output[i] = Column is null ? y : y * column[i];
        }
    }

    /// <summary>What one row's label is worth: the label, or whether it is the class, times the column; 0 where there is none or it is negative.</summary>
    /// <param name="label">The task's label; NaN where the row is outside the task.</param>
    /// <param name="column">The column's value; ignored where <see cref="Column"/> is null.</param>
    public float Gain(float label, float column)
    {
        if (float.IsNaN(label)) return 0;
        var gain = _classes is not null ? _classes[(int)label] : IsClass ? (int)label == _class ? 1 : 0 : label;
        return Math.Max(0, Column is null ? gain : gain * column);
    }

    /// <summary>The parts of a term's text; a task's own name may hold dots and stars. The task is null where there is none of that name.</summary>
    internal static (string? Task, string? Class, string? Column) Split(string text, IReadOnlyCollection<string> tasks)
    {
        if (tasks.Contains(text)) return (text, null, null);
        for (var star = text.LastIndexOf('*'); ; star = -1)
        {
            var (front, column) = star < 0 ? (text, null) : (text[..star].Trim(), text[(star + 1)..].Trim());
            if (tasks.Contains(front)) return (front, null, column);
            for (var dot = front.IndexOf('.'); dot >= 0; dot = front.IndexOf('.', dot + 1))
                if (tasks.Contains(front[..dot])) return (front[..dot], front[(dot + 1)..], column);
            if (star < 0) return (null, null, null);
        }
    }

    /// <summary>What to say of a term that names no task.</summary>
    internal static string Unknown(string text, IReadOnlyCollection<string> tasks)
    {
        var name = text.Split('*')[0].Trim();
        return $"'{name}' is no task{NearestName.Ask(name, tasks)} (they are {string.Join(", ", tasks)})";
    }

    private static float[]? Numbers(TaskSchema task)
    {
        var numbers = new float[task.Classes.Count];
        for (var i = 0; i < numbers.Length; i++)
            if (!float.TryParse(task.Classes[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !float.IsFinite(numbers[i])) return null;
        return numbers;
    }
}
