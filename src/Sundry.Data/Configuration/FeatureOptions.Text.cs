using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sundry.Data;

/// <summary>What is said of texts.</summary>
public sealed partial class FeatureOptions
{
    /// <summary>The columns that the feature is made of, where they are not one of its own name: texts are read one behind the other, a vector's are its numbers.</summary>
    /// <value>Default: none, the column of the feature's name.</value>
    [Description("The columns that the feature is made of, where that is not the one of its name: texts one behind the other, or a vector's numbers (text, vector)")]
    public IReadOnlyList<string> Of { get; init; } = [];

    /// <summary>What a text is cut into.</summary>
    /// <value>Default: words.</value>
    [Description("What a text is cut into: words, or pieces by a vocabulary of BERT's layout (text)")]
    public TextTokens Tokens { get; init; } = TextTokens.Words;

    /// <summary>The most words in a row that are looked at as one.</summary>
    /// <value>Default: 1, single words.</value>
    [Range(1, 5)]
    [Description("The most words in a row that count as one: 2 adds all pairs of neighbours (text)")]
    public int Grams { get; init; } = 1;

    /// <summary>The most tokens of a text that are read.</summary>
    /// <value>Default: 512.</value>
    [Range(1, 1 << 16)]
    [Description("The most words or pieces of a text that are read, the first ones (text)")]
    public int Length { get; init; } = 512;

    /// <summary>The file of word pieces, one a line.</summary>
    /// <value>Default: none.</value>
    [Description("A vocab.txt of word pieces, one a line, for tokens: pieces (text)")]
    public string? Vocabulary { get; init; }

    /// <summary>How much each word counts.</summary>
    /// <value>Default: none.</value>
    [Description("How much a word counts: none (all alike, pooled as pooling says), or tfidf (a sum with smoothed tf-idf weights of length 1) (text)")]
    public TextWeights Weights { get; init; } = TextWeights.None;

    /// <summary>A transformer that reads the text's tokens in their order.</summary>
    /// <value>Default: none, the words' embeddings are pooled.</value>
    [Description("A transformer that reads the tokens in their order, from a folder or trained here; without it the embeddings of words are pooled (text)")]
    public TextEncoderOptions? Encoder { get; init; }

    private IEnumerable<(string Property, string Message)> CheckText()
    {
        if (Of.Count > 0 && Kind is not (FeatureKind.Text or FeatureKind.Vector)) yield return (nameof(Of), "only a text or a vector is made of other columns; write 'kind: text' or 'kind: vector', or name the feature as its column");
        if (Of.Any(string.IsNullOrEmpty) || Of.Distinct(StringComparer.Ordinal).Count() != Of.Count) yield return (nameof(Of), "a column is named twice or not at all; name each once");
        if (Kind != FeatureKind.Text && Encoder is not null) yield return (nameof(Encoder), "only a text has an encoder of its own; write 'kind: text', or remove 'encoder'");
        if (Kind != FeatureKind.Text) yield break;
        if (Encoder is not null && (Grams > 1 || Weights != TextWeights.None || Hash is not null)) yield return (nameof(Encoder), "an encoder reads single tokens by their places; remove 'grams', 'weights' and 'hash'");
        if (Encoder is not null && Length < 2) yield return (nameof(Length), "an encoder reads a mark of the beginning and one token at least; raise it to 2 or more");
        if (Encoder?.Folder is not null)
        {
            if (Vocabulary is not null) yield return (nameof(Vocabulary), "the encoder's folder has a vocabulary; remove this one");
            yield break;
        }

        if (Tokens == TextTokens.Pieces && Vocabulary is null) yield return (nameof(Tokens), "pieces need a vocabulary; name a file with one piece a line as 'vocabulary', or write 'tokens: words'");
        if (Tokens == TextTokens.Words && Vocabulary is not null) yield return (nameof(Vocabulary), "words are counted, not looked up; write 'tokens: pieces', or remove 'vocabulary'");
    }
}
