namespace Sundry.Data;

/// <summary>What a text is cut into.</summary>
public enum TextTokens
{
    /// <summary>Words in lower case without accents; every punctuation mark is one.</summary>
    Words,

    /// <summary>Pieces of words, as BERT's uncased models cut them by their vocabulary.</summary>
    Pieces,
}
