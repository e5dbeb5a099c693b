namespace Sundry.Data;

/// <summary>Where a row goes.</summary>
internal enum Part : byte
{
    /// <summary>Learned from; encoders are fitted on these rows alone.</summary>
    Train,

    /// <summary>Settings and epochs are chosen on it.</summary>
    Validation,

    /// <summary>Judged on.</summary>
    Test,

    /// <summary>Known when all rows' times are.</summary>
    ByTime,

    /// <summary>A negative that down-sampling left out.</summary>
    SampledOut,

    /// <summary>Its label cannot be used.</summary>
    Refused,

    /// <summary>Of a source that has nothing to say of the column at hand.</summary>
    Elsewhere,
}
