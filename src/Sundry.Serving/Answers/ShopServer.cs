using Sundry.Data;

namespace Sundry.Serving;

/// <summary>
/// A shop that answers: what to show to whom, from its store and a model, each answer knowing everything that was acknowledged before it. Any number of callers may ask and tell at once.
/// </summary>
public sealed class ShopServer : IAsyncDisposable
{
    /// <summary>Opens a server on a store.</summary>
    /// <param name="store">The store; it stays the caller's.</param>
    /// <param name="modelFolder">The model's bundle; null: none, then answers are what is popular and visited together, and say <c>no_model</c>.</param>
    /// <param name="options">How.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="InputException">The model, the vectors or a scenario of the options cannot be used.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be read just now.</exception>
    public static Task<ShopServer> Open(ShopStore store, string? modelFolder, ServeOptions options, CancellationToken cancel = default) => throw new NotSupportedException();

    /// <summary>The shop as it is now.</summary>
    public LiveShop Live => throw new NotSupportedException();

    /// <summary>The store.</summary>
    public ShopStore Store => throw new NotSupportedException();

    /// <summary>The model that answers; null where none does.</summary>
    public ModelSnapshot? Model => throw new NotSupportedException();

    /// <summary>All scenarios by name: those of the store, of the options, and those that are built in.</summary>
    public IReadOnlyDictionary<string, ScenarioOptions> Scenarios => throw new NotSupportedException();

    /// <summary>Opens another model and lets it answer from then on. No request is lost, and no answer is made of two models.</summary>
    /// <exception cref="InputException">It cannot be used; the present one goes on.</exception>
    public Task Swap(string modelFolder, CancellationToken cancel = default) => throw new NotSupportedException();

    /// <summary>Takes events; what is accepted is committed, and in the next answer, when this ends.</summary>
    /// <returns>[events] what became of each.</returns>
    /// <exception cref="InputException">There are too many.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot write just now; nothing is acknowledged.</exception>
    public Task<IReadOnlyList<EventReceipt>> Tell(IReadOnlyList<EventRecord> events, CancellationToken cancel = default) => throw new NotSupportedException();

    /// <summary>Describes items, each as a whole; the next answer sees them.</summary>
    /// <returns>How many were new or changed.</returns>
    /// <exception cref="InputException">One cannot be used; nothing was written.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot write just now.</exception>
    public Task<int> PutItems(IReadOnlyList<(string Id, string Json)> items, CancellationToken cancel = default) => throw new NotSupportedException();

    /// <summary>Changes attributes of items by JSON merge patches; the next answer sees them.</summary>
    /// <returns>The ids that are not there.</returns>
    /// <exception cref="InputException">A patch cannot be used; those before it were written.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot write just now.</exception>
    public Task<IReadOnlyList<string>> PatchItems(IReadOnlyList<(string Id, string Json)> items, CancellationToken cancel = default) => throw new NotSupportedException();

    /// <summary>As <see cref="PutItems"/>, of users.</summary>
    public Task<int> PutUsers(IReadOnlyList<(string Id, string Json)> users, CancellationToken cancel = default) => throw new NotSupportedException();

    /// <summary>As <see cref="PatchItems"/>, of users.</summary>
    public Task<IReadOnlyList<string>> PatchUsers(IReadOnlyList<(string Id, string Json)> users, CancellationToken cancel = default) => throw new NotSupportedException();

    /// <summary>Deletes an item; the next answer does not have it.</summary>
    /// <returns>Whether it was there.</returns>
    public Task<bool> DeleteItem(string id, CancellationToken cancel = default) => throw new NotSupportedException();

    /// <summary>Deletes everything of a user, kept answers included.</summary>
    /// <returns>Whether anything was there.</returns>
    public Task<bool> Forget(string user, CancellationToken cancel = default) => throw new NotSupportedException();

    /// <summary>Saves a scenario or a rule after it was found to be right; the next answer goes by it.</summary>
    /// <param name="kind"><c>scenario</c> or <c>rule</c>.</param>
    /// <param name="name">Its name.</param>
    /// <param name="json">A <see cref="ScenarioOptions"/> or <see cref="RuleDocument"/>, as JSON.</param>
    /// <param name="expected">The version that is to be replaced, 0 for none; whichever there is where null.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The document as it is now; null where another version than the expected one is there.</returns>
    /// <exception cref="InputException">It is not right; the sentence names the key.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot write just now.</exception>
    public Task<StoredDocument?> PutDocument(string kind, string name, string json, int? expected = null, CancellationToken cancel = default) => throw new NotSupportedException();

    /// <summary>Deletes a scenario or a rule; the next answer goes without it.</summary>
    /// <returns>Whether it was there, in that version.</returns>
    public Task<bool> DeleteDocument(string kind, string name, int? expected = null, CancellationToken cancel = default) => throw new NotSupportedException();

    /// <summary>Answers a request for items.</summary>
    /// <exception cref="InputException">The request cannot be understood.</exception>
    public Task<Answer> Recommend(RecommendRequest request, CancellationToken cancel = default) => throw new NotSupportedException();

    /// <summary>Answers many requests, as many at once as there are workers.</summary>
    /// <returns>[requests] their answers.</returns>
    /// <exception cref="InputException">One cannot be understood.</exception>
    public Task<IReadOnlyList<Answer>> Recommend(IReadOnlyList<RecommendRequest> requests, CancellationToken cancel = default) => throw new NotSupportedException();

    /// <summary>Puts given items into a visitor's order.</summary>
    /// <exception cref="InputException">The request cannot be understood.</exception>
    public Task<Answer> Rank(RankRequest request, CancellationToken cancel = default) => throw new NotSupportedException();

    /// <summary>Items like one: by content, by visits and by purchases, for nobody in particular.</summary>
    /// <exception cref="InputException">There is no such item.</exception>
    public Task<Answer> Similar(string item, int count, CancellationToken cancel = default) => throw new NotSupportedException();

    /// <summary>How a kept answer came about; null where it is not known, or not any more.</summary>
    /// <exception cref="StoreUnavailableException">It is not in memory, and the store cannot be read just now.</exception>
    public Task<AnswerExplanation?> Explain(string answerId, CancellationToken cancel = default) => throw new NotSupportedException();

    /// <summary>What is known of a user; null where nothing is.</summary>
    public UserView? View(string user) => throw new NotSupportedException();

    /// <summary>Answers as if a scenario or a rule had been saved; nothing is kept of it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="scenario">The request's scenario as JSON; null: as it is.</param>
    /// <param name="rule">A further rule as JSON; null: none.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="InputException">The request, the scenario or the rule is not right.</exception>
    public Task<Answer> DryRun(RecommendRequest request, string? scenario, string? rule, CancellationToken cancel = default) => throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
