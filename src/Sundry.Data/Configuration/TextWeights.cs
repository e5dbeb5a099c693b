namespace Sundry.Data;

/// <summary>How much each word of a text counts.</summary>
public enum TextWeights
{
    /// <summary>Each as much as any other; a word that comes twice counts twice.</summary>
    None,

    /// <summary>By how often it comes in the text and how rare it is in the training texts; a text's weights have the length 1.</summary>
    Tfidf,
}
