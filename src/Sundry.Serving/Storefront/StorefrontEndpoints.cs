using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>
/// A small shop over the one that is served: what is looked at, put into the cart and bought becomes events, and every page asks for recommendations anew. Whoever reaches it may play any customer:
/// it is for simulated shops.
/// </summary>
internal sealed class StorefrontEndpoints
{
    private const string UserCookie = "shop_user", SessionCookie = "shop_visit", CartCookie = "shop_cart";
    private const int MostInCart = 20, MostRemembered = 2000;
    private const long LongestForm = 20_000;

    private readonly IShopDesk _desk;
    private readonly TimeProvider _clock;
    private readonly ShopWindow _window;
    private readonly Dictionary<(string Session, string Shelf), IReadOnlySet<string>> _shown = [];
    private readonly Lock _lock = new();

    private StorefrontEndpoints(IShopDesk desk, TimeProvider clock) => (_desk, _clock, _window) = (desk, clock, new ShopWindow(desk, clock));

    /// <summary>Adds the storefront at <c>/</c> and below <c>/shop</c>.</summary>
    public static void Map(IEndpointRouteBuilder app, IShopDesk desk, TimeProvider clock)
    {
        var shop = new StorefrontEndpoints(desk, clock);
        shop.Get(app, "/", shop.Home);
        shop.Get(app, "/shop/category/{name}", shop.Category);
        shop.Get(app, "/shop/search", shop.Search);
        shop.Get(app, "/shop/item/{item}", shop.Item);
        shop.Get(app, "/shop/cart", (context, visit) => shop.Cart(context, visit, null));
        app.MapGet("/shop/picture/{item}.svg", (RequestDelegate)shop.Picture).ExcludeFromDescription();
        shop.Post(app, "/shop/cart", shop.ChangeCart);
        shop.Post(app, "/shop/buy", shop.Buy);
        shop.Post(app, "/shop/visitor", Switch);
    }

    private void Get(IEndpointRouteBuilder app, string path, Func<HttpContext, ShopVisit, Task<IResult>> answer) => app.MapGet(path, (RequestDelegate)(context => Run(context, answer))).ExcludeFromDescription();

    private void Post(IEndpointRouteBuilder app, string path, Func<HttpContext, ShopVisit, IFormCollection, Task<IResult>> answer) => app.MapPost(path, (RequestDelegate)(context => Run(context, async (_, visit) =>
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = LongestForm;
        // an empty form has no content at all
        if (!PageHeaders.FromHere(context) || context.Request.ContentLength > LongestForm || (!context.Request.HasFormContentType && context.Request.ContentLength is > 0)) return Results.StatusCode(403);
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(new FormOptions { ValueCountLimit = 16, MultipartBodyLengthLimit = 0 }, context.RequestAborted) : FormCollection.Empty;
        return await answer(context, visit, form);
    }))).ExcludeFromDescription();

    private async Task Run(HttpContext context, Func<HttpContext, ShopVisit, Task<IResult>> answer)
    {
        PageHeaders.Write(context);
        IResult result;
        try
        {
            result = await answer(context, await Visit(context));
        }
        catch (InputException e)
        {
            result = await PageRenderer.Page<NoticePage>(400, ("Title", "That was not understood"), ("Words", e.Message));
        }
        catch (StoreUnavailableException e)
        {
            context.Response.Headers.RetryAfter = "5";
            result = await PageRenderer.Page<NoticePage>(503, ("Title", "The shop is closed for a moment"), ("Words", $"{e.Message} Try again in a few seconds."));
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException)
        {
            result = Results.StatusCode(400);
        }

        await result.ExecuteAsync(context);
    }

    private async Task<IResult> Home(HttpContext context, ShopVisit visit)
    {
        var personal = await Shelf(visit, visit.User is null ? "What others like" : "For you", new RecommendRequest { Scenario = visit.User is null ? "visitor" : "home", Count = 12 }, context.RequestAborted);
        return await PageRenderer.Page<StorefrontPage>(200, ("Title", visit.User is null ? "Welcome" : $"Welcome back, {visit.User}"), ("Visit", visit), ("Shelves", new[] { personal }), ("Notice", Notice(context)));
    }

    private async Task<IResult> Category(HttpContext context, ShopVisit visit)
    {
        var name = (string)context.Request.RouteValues["name"]!;
        var shelf = await Shelf(visit, name, new RecommendRequest { Scenario = "home", Category = name, Count = 24 }, context.RequestAborted);
        return await PageRenderer.Page<StorefrontPage>(200, ("Title", name), ("Visit", visit), ("Shelves", new[] { shelf }), ("Category", name));
    }

    private async Task<IResult> Search(HttpContext context, ShopVisit visit)
    {
        var query = context.Request.Query["q"].ToString().Trim();
        if (query.Length == 0) return Results.Redirect("/");
        if (query.Length > 200) throw new InputException("the query has more than 200 characters; make it shorter");
        await Tell(visit, [Event(visit, "search", null) with { Text = query }], context.RequestAborted);
        var shelf = await Shelf(visit, query, new RecommendRequest { Scenario = "search", Query = query, Count = 24 }, context.RequestAborted);
        return await PageRenderer.Page<StorefrontPage>(200, ("Title", $"“{query}”"), ("Visit", visit), ("Shelves", new[] { shelf }), ("Query", query));
    }

    private async Task<IResult> Item(HttpContext context, ShopVisit visit)
    {
        var item = (string)context.Request.RouteValues["item"]!;
        if (await _window.Card(item, context.RequestAborted) is not { } card)
            return await PageRenderer.Page<NoticePage>(404, ("Title", "No such item"), ("Words", $"The shop does not sell {item} (any more)."));
        var (from, at, place) = (context.Request.Query["from"].ToString(), context.Request.Query["at"].ToString(), context.Request.Query["in"].ToString());
        var seen = Event(visit, "view", item) with { Price = card.Price, Scenario = place.Length > 0 ? place : null, Recommendation = from.Length > 0 ? from : null, Position = short.TryParse(at, out var position) && position > 0 ? position : null };
        await Tell(visit, from.Length > 0 ? [seen with { Type = "click" }, seen] : [seen], context.RequestAborted);
        var shelf = await Shelf(visit, "Goes with it", new RecommendRequest { Scenario = "item", Item = item, Count = 6 }, context.RequestAborted);
        return await PageRenderer.Page<StorefrontItem>(200, ("Card", card), ("Visit", visit), ("Shelves", new[] { shelf }), ("From", from), ("Notice", Notice(context)));
    }

    private async Task<IResult> Cart(HttpContext context, ShopVisit visit, string? notice)
    {
        var cards = new List<ShopCard>();
        foreach (var item in visit.Cart) if (await _window.Card(item, context.RequestAborted) is { } card) cards.Add(card);
        var shelf = await Shelf(visit, "Others took this along", new RecommendRequest { Scenario = "cart", Cart = visit.Cart, Count = 6 }, context.RequestAborted);
        return await PageRenderer.Page<StorefrontCart>(200, ("Cards", cards), ("Visit", visit), ("Shelves", new[] { shelf }), ("Notice", notice ?? Notice(context)));
    }

    private async Task<IResult> ChangeCart(HttpContext context, ShopVisit visit, IFormCollection form)
    {
        var item = form["item"].ToString();
        if (form["action"] == "remove")
        {
            if (visit.Cart.Contains(item)) await Tell(visit, [Event(visit, "remove", item)], context.RequestAborted);
            Keep(context, CartCookie, string.Join('|', visit.Cart.Where(i => i != item).Select(Uri.EscapeDataString)));
            return Results.Redirect("/shop/cart");
        }

        if (await _window.Card(item, context.RequestAborted) is not { } card) throw new InputException($"the shop does not sell {item}");
        if (visit.Cart.Count >= MostInCart) throw new InputException($"the cart holds {MostInCart} items; buy or take out some first");
        await Tell(visit, [Event(visit, "cart", item) with { Price = card.Price, Recommendation = From(form) }], context.RequestAborted);
        Keep(context, CartCookie, string.Join('|', visit.Cart.Append(item).Distinct().Select(Uri.EscapeDataString)));
        return Results.Redirect("/shop/cart");
    }

    private async Task<IResult> Buy(HttpContext context, ShopVisit visit, IFormCollection form)
    {
        var single = form["item"].ToString();
        var bought = 0;
        foreach (var item in single.Length > 0 ? [single] : visit.Cart)
        {
            if (await _window.Card(item, context.RequestAborted) is not { Stock: not <= 0 } card) continue;
            await Tell(visit, [Event(visit, "purchase", item) with { Price = card.Price, Quantity = 1, Recommendation = From(form) }], context.RequestAborted);
            // what was the last one is not shown to anybody from the next answer on
            if (card.Stock is { } stock) await _desk.PatchItem(item, string.Create(CultureInfo.InvariantCulture, $"{{\"stock\":{stock - 1}}}"), context.RequestAborted);
            bought++;
        }

        if (single.Length == 0) Keep(context, CartCookie, "");
        return Results.Redirect(bought > 0 ? "/?bought=" + bought.ToString(CultureInfo.InvariantCulture) : "/shop/cart?gone=1");
    }

    private static Task<IResult> Switch(HttpContext context, ShopVisit visit, IFormCollection form)
    {
        var user = form["user"].ToString();
        if (user.Length > 256) throw new InputException("the customer's name is too long");
        Keep(context, UserCookie, Uri.EscapeDataString(user));
        Keep(context, CartCookie, "");
        // another person's visit is another visit
        Keep(context, SessionCookie, NewSession());
        return Task.FromResult(Results.Redirect("/"));
    }

    private async Task Picture(HttpContext context)
    {
        var item = (string)context.Request.RouteValues["item"]!;
        var card = await _window.Card(item, context.RequestAborted);
        context.Response.Headers.CacheControl = "public, max-age=86400";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'";
        await Results.Text(ItemPicture.Draw(item, card?.Category ?? "", card?.Colour ?? ""), "image/svg+xml").ExecuteAsync(context);
    }

    private async Task<ShopShelf> Shelf(ShopVisit visit, string title, RecommendRequest request, CancellationToken cancel)
    {
        var answer = await _desk.Recommend(request with { User = visit.User, Session = visit.Session, Context = new Dictionary<string, string> { ["device"] = "desktop" } }, cancel);
        var before = Remember(visit.Session, title, answer.Items.Select(i => i.Id).ToHashSet());
        var (cards, events) = (new List<ShopCard>(), new List<EventRecord>());
        foreach (var (place, item) in answer.Items.Index())
        {
            if (await _window.Card(item.Id, cancel) is not { } card) continue;
            cards.Add(card with
            {
                Link = $"{card.Link}?from={Uri.EscapeDataString(answer.Id)}&at={place + 1}&in={answer.Scenario}",
                Reasons = item.Reasons,
                Tasks = item.Tasks,
                Sources = item.Sources,
                IsNew = before is not null && !before.Contains(item.Id),
            });
            events.Add(Event(visit, "impression", item.Id) with { Position = place + 1, Scenario = answer.Scenario, Recommendation = answer.Id, Price = card.Price });
        }

        if (events.Count > 0) await Tell(visit, events, cancel);
        var changed = cards.Count(c => c.IsNew);
        var note = $"Made in {PageWords.Milliseconds(answer.Took.TotalMilliseconds)}{(answer.Degraded.Count > 0 ? $", without {string.Join(", ", answer.Degraded.Select(PageWords.Plain))}" : "")}"
            + (before is null ? "." : changed == 0 ? "; the same items as when you were here last." : $"; {PageWords.Of(changed, "item")} of {cards.Count} came since you were here last.");
        return new ShopShelf(title, cards, note);
    }

    private IReadOnlySet<string>? Remember(string session, string shelf, IReadOnlySet<string> items)
    {
        lock (_lock)
        {
            if (_shown.Count > MostRemembered) _shown.Clear();
            var before = _shown.GetValueOrDefault((session, shelf));
            _shown[(session, shelf)] = items;
            return before;
        }
    }

    private async Task<ShopVisit> Visit(HttpContext context)
    {
        var (categories, customers) = await _window.Known();
        var cookies = context.Request.Cookies;
        var session = cookies[SessionCookie] is { Length: > 0 and <= 64 } known && known.All(char.IsAsciiLetterOrDigit) ? known : NewSession();
        if (session != cookies[SessionCookie]) Keep(context, SessionCookie, session);
        var user = Uri.UnescapeDataString(cookies[UserCookie] ?? "");
        var cart = (cookies[CartCookie] ?? "").Split('|', StringSplitOptions.RemoveEmptyEntries).Take(MostInCart).Select(Uri.UnescapeDataString).ToList();
        return new ShopVisit(user.Length is > 0 and <= 256 ? user : null, session, cart, customers, categories);
    }

    // what happened is acknowledged, and seen by the next answer, before the page is sent
    private async Task Tell(ShopVisit visit, IReadOnlyList<EventRecord> events, CancellationToken cancel)
    {
        var receipts = await _desk.Tell(events, cancel);
        if (receipts.FirstOrDefault(r => r.Outcome == EventOutcome.Refused) is { Reason: { } reason }) throw new InputException($"an event of the visit {visit.Session} was refused: {reason}");
    }

    private EventRecord Event(ShopVisit visit, string type, string? item) => new() { Type = type, User = visit.User, Session = visit.Session, Item = item, Time = _clock.GetUtcNow().ToUnixTimeMilliseconds() };

    private static string? From(IFormCollection form) => form["from"].ToString() is { Length: > 0 } from ? from : null;

    private static string? Notice(HttpContext context) => context.Request.Query["bought"].ToString() is { Length: > 0 } bought && int.TryParse(bought, out var count)
        ? $"Thank you: {PageWords.Of(count, "item")} bought. What you bought is not shown to you again for a while."
        : context.Request.Query["gone"].Count > 0 ? "Nothing was bought: it is sold out." : null;

    private static string NewSession() => "v" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    private static void Keep(HttpContext context, string name, string value) =>
        context.Response.Cookies.Append(name, value, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, Path = "/", IsEssential = true });
}
