namespace Sundry.Data;

/// <summary>What training changes of a text encoder.</summary>
public enum TextTraining
{
    /// <summary>Everything.</summary>
    Whole,

    /// <summary>Small layers behind each of its own, which begin as if they were not there (Houlsby et al., ICML 2019).</summary>
    Adapters,

    /// <summary>Nothing: each text is encoded once, and remembered.</summary>
    Frozen,
}
