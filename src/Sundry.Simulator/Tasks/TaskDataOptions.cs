using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sundry.Data;

namespace Sundry.Simulator;

/// <summary>
/// Regression tasks on the same inputs whose relatedness is set: the synthetic data of Ma et al., "Modeling Task Relationships in Multi-task
/// Learning with Multi-gate Mixture-of-Experts", KDD 2018, section 3.2.
/// </summary>
public sealed record TaskDataOptions
{
    /// <summary>The cosine p between the weight vectors of any two tasks: 1 is one task twice, 0 is tasks that share nothing but their form.</summary>
    /// <value>Default 0.5.</value>
    [Range(0.0, 1.0), Description("cosine between the weight vectors of two tasks")]
    public double Correlation { get; init; } = 0.5;

    /// <summary>Tasks; more than the paper's two have the same cosine pair by pair.</summary>
    /// <value>Default 2. At most <see cref="Features"/>.</value>
    [Range(1, 64), Description("tasks")]
    public int Tasks { get; init; } = 2;

    /// <summary>Rows of the training table, validation rows included.</summary>
    /// <value>Default 50,000.</value>
    [Range(10, 100_000_000), Description("rows of the training table")]
    public int Rows { get; init; } = 50_000;

    /// <summary>Rows of the test table.</summary>
    /// <value>Default 10,000.</value>
    [Range(10, 100_000_000), Description("rows of the test table")]
    public int TestRows { get; init; } = 10_000;

    /// <summary>Inputs d, each standard normal.</summary>
    /// <value>Default 100.</value>
    [Range(1, 10_000), Description("inputs")]
    public int Features { get; init; } = 100;

    /// <summary>Sines m of each label; sine i has frequency i and phase (i − 1)².</summary>
    /// <value>Default 4. The paper names neither number, frequencies nor phases.</value>
    [Range(0, 100), Description("sines in a label")]
    public int Sines { get; init; } = 4;

    /// <summary>Length c of the weight vectors.</summary>
    /// <value>Default 1.</value>
    [Range(1e-6, 1e6), Description("length of the weight vectors")]
    public double Scale { get; init; } = 1;

    /// <summary>Standard deviation of the noise; its variance is the paper's 0.01.</summary>
    /// <value>Default 0.1.</value>
    [Range(0.0, 1e6), Description("standard deviation of the noise")]
    public double Noise { get; init; } = 0.1;

    /// <summary>The same seed gives the same weights and the same inputs; so do two correlations of one seed.</summary>
    /// <value>Default 1.</value>
    [Description("the same seed gives the same tables")]
    public ulong Seed { get; init; } = 1;

    /// <summary>Checks every range.</summary>
    /// <exception cref="InputException">An option is out of its range; the message names it.</exception>
    public void Validate()
    {
        foreach (var property in typeof(TaskDataOptions).GetProperties())
        {
            if (Attribute.GetCustomAttribute(property, typeof(RangeAttribute)) is not RangeAttribute range || range.IsValid(property.GetValue(this))) continue;
            throw new InputException($"--{ConfigWords.Of(property.Name).Replace('_', '-')} is {property.GetValue(this)}; give a value from {range.Minimum} to {range.Maximum}");
        }

        if (Tasks > Features) throw new InputException($"--tasks {Tasks} is more than --features {Features}; orthogonal weight vectors need an input each");
    }
}
