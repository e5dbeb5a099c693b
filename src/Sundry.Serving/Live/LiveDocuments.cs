namespace Sundry.Serving;

/// <summary>A store's documents as they are now.</summary>
internal sealed class LiveDocuments
{
    private readonly Dictionary<(string Kind, string Name), StoredDocument> _documents = [];
    private volatile IReadOnlyList<StoredDocument> _all = [];
    private long _changed;

    /// <summary>All of them, by kind and name.</summary>
    public IReadOnlyList<StoredDocument> All => _all;

    /// <summary>The position of the last change.</summary>
    public long Changed => Volatile.Read(ref _changed);

    /// <summary>Takes changes, in order; one thread does.</summary>
    public void Take(IReadOnlyList<StoredDocument> changes)
    {
        if (changes.Count == 0) return;
        foreach (var document in changes)
        {
            if (document.Content is null) _documents.Remove((document.Kind, document.Name));
            else _documents[(document.Kind, document.Name)] = document;
        }

        _all = [.. _documents.Values.OrderBy(d => d.Kind, StringComparer.Ordinal).ThenBy(d => d.Name, StringComparer.Ordinal)];
        Volatile.Write(ref _changed, changes[^1].Position);
    }
}
