using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sundry.Data;

namespace Sundry.Training;

/// <summary>How the rows of several sources become batches: a word, <c>sources: in_turn</c>, or a map. One source alone knows no difference.</summary>
[ConfigShorthand(nameof(Draw))]
public sealed record SourceDrawOptions : IConfigChecked
{
    /// <summary>What a temperature is unless given.</summary>
    public const double DefaultTemperature = 2;

    /// <summary>mixed, proportional, in_turn, temperature or alternate.</summary>
    /// <value>Default: mixed.</value>
    [Description("How batches are drawn from several sources: mixed, every batch holds rows of all in proportion; proportional, a batch is of one source, each as often as it has rows; in_turn, a batch of each in turn; temperature, between these two; alternate, an epoch of each in turn")]
    public SourceDraw Draw { get; init; } = SourceDraw.Mixed;

    /// <summary>1 draws batches in proportion to rows; the higher, the more alike (draw: temperature).</summary>
    /// <value>Default: 2.</value>
    [ConfigNull("auto")]
    [Range(1.0, 1e6)]
    [Description("A source is drawn as often as rows^(1 / temperature) says, so that 1 is in proportion and a high one in turn; auto is 2 (draw: temperature)")]
    public double? Temperature { get; init; }

    /// <inheritdoc/>
    public IEnumerable<(string Property, string Message)> Check()
    {
        if (Temperature is not null && Draw != SourceDraw.Temperature) yield return (nameof(Temperature), "'temperature' belongs to 'draw: temperature'; remove one of them");
    }
}
