namespace Sundry.Data;

/// <summary>A task whose label is whether, how often or with what an event follows a row.</summary>
internal sealed class EventTask
{
    /// <summary>Reads a task's options.</summary>
    /// <param name="name">The task.</param>
    /// <param name="options">Its options.</param>
    /// <param name="type">The event's type.</param>
    /// <param name="within">The window in milliseconds; 0 where the label is of the row's own event.</param>
    /// <exception cref="InputException">The label is no field of an event.</exception>
    public EventTask(string name, TaskOptions options, int type, long within)
    {
        Name = name;
        Options = options;
        Type = type;
        Within = within;
        Field = options.Label is null ? null : Word(name, options.Label);
        if (options.Type == TaskType.Multiclass) throw new InputException($"the task '{name}' has classes and an event; an event has none, so remove tasks.{name}.event and name a column as its label");
        if (options.Type == TaskType.Binary && Field is not null) throw new InputException($"the task '{name}' is binary and asks whether an event happens; remove tasks.{name}.label, or set its type to regression");
        if (options.Type == TaskType.Binary && options.Positive.Count > 0) throw new InputException($"the task '{name}' is positive where its event happens; remove tasks.{name}.positive");
        if (options.Type == TaskType.Regression && Field is null) Field = EventField.Value;
    }

    public string Name { get; }

    public TaskOptions Options { get; }

    public int Type { get; }

    public long Within { get; }

    /// <summary>The field that the label is; null for the number of events.</summary>
    public EventField? Field { get; }

    /// <summary>The label where no event followed: 0 for what is counted or summed, none for what an event measures.</summary>
    public float Nothing => Field is null or EventField.Quantity or EventField.Spend ? 0 : float.NaN;

    /// <summary>A label after one more event.</summary>
    public float After(float label, in ShopEvent e)
    {
        if (Options.Type == TaskType.Binary) return 1;
        if (Field is not { } field) return label + 1;
        float value = ShopState.Field(e, field);
        if (float.IsNaN(value)) return label;
        return Field is EventField.Quantity or EventField.Spend ? label + value : value;
    }

    /// <summary>The label that is learned, once all events of the window are in.</summary>
    public float Final(float label) => Options.Absent && !float.IsNaN(label) ? 1 - label : label;

    private static EventField Word(string task, string label)
    {
        var words = ConfigType.WordsOf(typeof(EventField));
        for (int i = 0; i < words.Count; i++)
            if (words[i] == label) return (EventField)i;
        throw new InputException($"tasks.{task}.label is '{label}', and the task has an event; its label is then {string.Join(", ", words)}{NearestName.Ask(label, words)}");
    }
}
