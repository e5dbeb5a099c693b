namespace Sundry.Models;

/// <summary>Customised gate control: one level of <see cref="Ple"/>. Tang et al., RecSys 2020.</summary>
[Architecture("cgc")]
public sealed class Cgc : Ple
{
    /// <inheritdoc/>
    protected override int Levels(ExpertOptions options) => 1;
}
