namespace Sundry.Training;

/// <summary>One draw of the settings.</summary>
/// <param name="Number">Its number, counted from 1; the first is the configuration as it stands.</param>
/// <param name="Settings">By path: the value, in YAML.</param>
/// <param name="Options">The whole configuration with them.</param>
public sealed record Trial(int Number, IReadOnlyDictionary<string, string> Settings, SundryOptions Options);
