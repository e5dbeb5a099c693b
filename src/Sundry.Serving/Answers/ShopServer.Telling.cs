using Sundry.Data;

namespace Sundry.Serving;

/// <summary>What a shop tells.</summary>
public sealed partial class ShopServer
{
    /// <summary>Takes events; what is accepted is committed, and in the next answer, when this ends.</summary>
    /// <returns>[events] what became of each.</returns>
    /// <exception cref="InputException">There are too many.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot write just now; nothing is acknowledged.</exception>
    public async Task<IReadOnlyList<EventReceipt>> Tell(IReadOnlyList<EventRecord> events, CancellationToken cancel = default)
    {
        var receipts = await Store.Events.Append(events, cancel);
        Pulse.Told(events, receipts);
        long last = 0;
        var again = false;
        foreach (var receipt in receipts)
        {
            last = Math.Max(last, receipt.Position);
            again |= receipt.Outcome == EventOutcome.Duplicate;
        }

        // one that was there already may have been committed just now, by another server
        if (again) last = Math.Max(last, await Store.Position(cancel));
        if (last > 0) await Live.Reach(last, cancel);
        return receipts;
    }

    /// <summary>Describes items, each as a whole; the next answer sees them.</summary>
    /// <returns>How many were new or changed.</returns>
    /// <exception cref="InputException">One cannot be used; nothing was written.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot write just now.</exception>
    public Task<int> PutItems(IReadOnlyList<(string Id, string Json)> items, CancellationToken cancel = default) => Seen(Store.Items.Put(items, cancel), cancel);

    /// <summary>Changes attributes of items by JSON merge patches; the next answer sees them.</summary>
    /// <returns>The ids that are not there.</returns>
    /// <exception cref="InputException">A patch cannot be used; those before it were written.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot write just now.</exception>
    public Task<IReadOnlyList<string>> PatchItems(IReadOnlyList<(string Id, string Json)> items, CancellationToken cancel = default) => Seen(Patch(Store.Items, items, cancel), cancel);

    /// <summary>As <see cref="PutItems"/>, of users.</summary>
    public Task<int> PutUsers(IReadOnlyList<(string Id, string Json)> users, CancellationToken cancel = default) => Seen(Store.Users.Put(users, cancel), cancel);

    /// <summary>As <see cref="PatchItems"/>, of users.</summary>
    public Task<IReadOnlyList<string>> PatchUsers(IReadOnlyList<(string Id, string Json)> users, CancellationToken cancel = default) => Seen(Patch(Store.Users, users, cancel), cancel);

    /// <summary>Makes pairs of users friends, or undoes that; the next answer sees it.</summary>
    /// <returns>How many pairs changed.</returns>
    /// <exception cref="InputException">A user has no usable id, or would be their own friend; nothing was written.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot write just now.</exception>
    public Task<int> Befriend(IReadOnlyList<(string User, string Friend)> pairs, bool removed = false, CancellationToken cancel = default) => Seen(Store.Friends.Put(pairs, removed, cancel), cancel);

    /// <summary>Deletes an item; the next answer does not have it.</summary>
    /// <returns>Whether it was there.</returns>
    public Task<bool> DeleteItem(string id, CancellationToken cancel = default) => Seen(Store.Items.Delete(id, cancel), cancel);

    /// <summary>Deletes everything of a user, kept answers included.</summary>
    /// <returns>Whether anything was there.</returns>
    public Task<bool> Forget(string user, CancellationToken cancel = default) => _keeper.Forget(user, () => Live.Forget(user, cancel));

    /// <summary>Saves a scenario or a rule after it was found to be right; the next answer goes by it.</summary>
    /// <param name="kind"><c>scenario</c> or <c>rule</c>.</param>
    /// <param name="name">Its name.</param>
    /// <param name="json">A <see cref="ScenarioOptions"/> or <see cref="RuleDocument"/>, as JSON.</param>
    /// <param name="expected">The version that is to be replaced, 0 for none; whichever there is where null.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The document as it is now; null where another version than the expected one is there.</returns>
    /// <exception cref="InputException">It is not right; the sentence names the key.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot write just now.</exception>
    public async Task<StoredDocument?> PutDocument(string kind, string name, string json, int? expected = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(json);
        var served = Enter();
        try
        {
            if (kind == ScenarioBook.ScenarioKind) served.Try(name, ScenarioBook.Scenario(json, name), served.Book.Rules);
            else if (kind == ScenarioBook.RuleKind) ScenarioBook.Rule(json, name);
            else throw new InputException($"'{kind}' is no kind of document that answers go by; it is {ScenarioBook.ScenarioKind} or {ScenarioBook.RuleKind}");
        }
        finally
        {
            served.Uses.Leave();
        }

        return await Seen(Store.Documents.Put(kind, name, json, expected, cancel), cancel);
    }

    /// <summary>Deletes a scenario or a rule; the next answer goes without it.</summary>
    /// <returns>Whether it was there, in that version.</returns>
    public Task<bool> DeleteDocument(string kind, string name, int? expected = null, CancellationToken cancel = default) => Seen(Store.Documents.Delete(kind, name, expected, cancel), cancel);

    private static async Task<IReadOnlyList<string>> Patch(StoredEntities entities, IReadOnlyList<(string Id, string Json)> patches, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(patches);
        var missing = new List<string>();
        foreach (var (id, json) in patches)
            if (await entities.Patch(StoredText.Name("id", id), json, cancel) is null) missing.Add(id);
        return missing;
    }

    // what was written is in the next answer when this ends
    private async Task<T> Seen<T>(Task<T> writing, CancellationToken cancel)
    {
        var result = await writing;
        await Live.Reach(await Store.Position(cancel), cancel);
        return result;
    }
}
