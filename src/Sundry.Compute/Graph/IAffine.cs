namespace Sundry.Compute;

/// <summary>A layer x W + b, which can take in what scales and shifts its result (<see cref="Folding"/>).</summary>
internal interface IAffine
{
    Parameter Weight { get; }

    Parameter? Bias { get; }

    /// <summary>The same layer with another b, and something else at its end.</summary>
    Op With(Parameter bias, Activated then);
}
