namespace Sundry.Serving;

/// <summary>Vectors by the names of items and users, whoever made them. The vectors of users and items lie in one space: the greater their product, the better they go together.</summary>
internal interface IKnownVectors
{
    /// <summary>D, the floats of a vector.</summary>
    int Width { get; }

    /// <summary>Reads an item's vector; false of one that it does not know.</summary>
    /// <param name="item">The item's id.</param>
    /// <param name="into">[D] takes it.</param>
    bool TryItem(ReadOnlySpan<byte> item, Span<float> into);

    /// <summary>Reads a user's own vector; false where there is none.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="into">[D] takes it.</param>
    bool TryUser(string user, Span<float> into);
}
