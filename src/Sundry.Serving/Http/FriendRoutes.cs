namespace Sundry.Serving;

/// <summary>Who is whose friend.</summary>
internal static class FriendRoutes
{
    private const string Pair = "/v1/users/{id}/friends/{friend}";

    public static IReadOnlyList<HttpRoute> All { get; } =
    [
        new("GET", "/v1/users/{id}/friends", KeyScopes.Read, "The user's friends", Get) { Answer = """{"user":"u-7","friends":["u-9"]}""" },
        new("PUT", Pair, KeyScopes.Ingest, "Makes two users friends, in both directions; the next answer sees it", Put) { Answer = """{"user":"u-7","friend":"u-9","changed":true}""" },
        new("DELETE", Pair, KeyScopes.Ingest, "Makes two users friends no longer", Delete) { Status = 204 },
    ];

    private static async Task Get(HttpCall call)
    {
        var user = call.Id(1);
        var friends = await call.Shop.Store.Friends.Of(user, call.Cancel);
        await call.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("user", user);
            json.WriteStartArray("friends");
            foreach (var friend in friends.Order(StringComparer.Ordinal)) json.WriteStringValue(friend);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static async Task Put(HttpCall call)
    {
        var (user, friend) = Two(call);
        var changed = await call.Shop.Befriend([(user, friend)], removed: false, call.Cancel);
        await call.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("user", user);
            json.WriteString("friend", friend);
            json.WriteBoolean("changed", changed > 0);
            json.WriteEndObject();
        });
    }

    private static async Task Delete(HttpCall call)
    {
        if (await call.Shop.Befriend([Two(call)], removed: true, call.Cancel) == 0) throw new ProblemException(Problem.NotFound("friendship"));
        call.Http.Response.StatusCode = 204;
    }

    private static (string User, string Friend) Two(HttpCall call)
    {
        var (user, friend) = (call.Id(2), call.Id());
        return user != friend ? (user, friend) : throw Checked.Range("friend", "a user cannot be their own friend; name another");
    }
}
