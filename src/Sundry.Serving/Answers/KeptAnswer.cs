using System.Text.Json;

namespace Sundry.Serving;

/// <summary>An answer that is kept: for its next pages and its explanation.</summary>
internal sealed record KeptAnswer
{
    /// <summary>What explains it.</summary>
    public required AnswerExplanation Explanation { get; init; }

    /// <summary>Ids of items that pages before it had.</summary>
    public IReadOnlyList<string> Earlier { get; init; } = [];

    /// <summary>When it expires: Unix time in milliseconds.</summary>
    public long Expires { get; init; }

    /// <summary>What the store keeps of it.</summary>
    public StoredAnswer ToStored() =>
        new(Explanation.Answer.Id, Explanation.Request.User, Explanation.Request.Session, JsonSerializer.Serialize(this, KeptAnswerJson.Default.KeptAnswer));

    /// <summary>Reads what the store kept; null where it is not that.</summary>
    public static KeptAnswer? Of(StoredAnswer stored)
    {
        try
        {
            return JsonSerializer.Deserialize(stored.Content, KeptAnswerJson.Default.KeptAnswer);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
