using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>The dashboard's paths: who may see them, and what each is answered with.</summary>
internal static class DashboardEndpoints
{
    private const string Cookie = "sundry_session";
    private const long LongestForm = 2_000_000;

    /// <summary>Adds the dashboard below <c>/dashboard</c>, and the files of all pages below <c>/assets</c>.</summary>
    public static void Map(IEndpointRouteBuilder app, IShopDesk desk, TimeProvider clock)
    {
        var sessions = new DashboardSessions(desk, clock);
        var reader = new DashboardReader(desk, clock);
        app.MapGet("/assets/{hash}/{**name}", (HttpContext context, string? name) => PageAssets.Answer(context, name ?? "")).ExcludeFromDescription();

        void Page(string path, Func<HttpContext, DashboardSession, Task<IResult>> answer)
        {
            Func<HttpContext, DashboardSession, IFormCollection?, Task<IResult>> any = (context, session, _) => answer(context, session);
            app.MapGet(path, (RequestDelegate)(context => Guarded(context, sessions, post: false, any))).ExcludeFromDescription();
        }

        void Form(string path, Func<HttpContext, DashboardSession, IFormCollection, Task<IResult>> answer)
        {
            Func<HttpContext, DashboardSession, IFormCollection?, Task<IResult>> any = (context, session, form) => answer(context, session, form!);
            app.MapPost(path, (RequestDelegate)(context => Guarded(context, sessions, post: true, any))).ExcludeFromDescription();
        }

        Page("/dashboard", async (context, session) => await PageRenderer.Page<OverviewPage>(200, ("Model", await reader.Overview(context.RequestAborted)), ("Session", session)));
        Page("/dashboard/model", async (_, session) => await PageRenderer.Page<ModelPage>(200, ("Card", reader.Card()), ("Session", session)));
        Page("/dashboard/model/report", (context, session) => Report(context, reader, session));
        Page("/dashboard/user", async (context, session) =>
        {
            var (user, scenario) = (Asked(context, "user"), Asked(context, "scenario") is { Length: > 0 } name ? name : "home");
            if (user.Length == 0) return await PageRenderer.Page<UserPage>(200, ("Scenarios", desk.Scenarios), ("Session", session));
            try
            {
                return await PageRenderer.Page<UserPage>(200, ("Visitor", await reader.Visitor(user, scenario, context.RequestAborted)), ("Session", session));
            }
            catch (InputException e)
            {
                return await PageRenderer.Page<UserPage>(400, ("Asked", user), ("Scenarios", desk.Scenarios), ("Problem", e.Message), ("Session", session));
            }
        });
        Page("/dashboard/item", async (context, session) =>
        {
            if (Asked(context, "item") is not { Length: > 0 } item) return await PageRenderer.Page<ItemPage>(200, ("Session", session));
            try
            {
                return await PageRenderer.Page<ItemPage>(200, ("Item", await reader.Item(item, context.RequestAborted)), ("Session", session));
            }
            catch (InputException e)
            {
                return await PageRenderer.Page<ItemPage>(400, ("Asked", item), ("Problem", e.Message), ("Session", session));
            }
        });
        Page("/dashboard/quality", async (context, session) => await PageRenderer.Page<QualityPage>(200, ("Model", await reader.Quality(context.RequestAborted)), ("Session", session)));
        var rules = new RulePages(desk, reader);
        Page("/dashboard/rules", rules.Show);
        Form("/dashboard/rules", rules.Take);
        Page("/dashboard/keys", async (context, session) => await PageRenderer.Page<KeysPage>(200,
            ("Keys", await desk.Store.Keys.List(context.RequestAborted)), ("Notice", Asked(context, "revoked") is { Length: > 0 } id ? $"The key {id} opens nothing any more." : null), ("Session", session)));
        Form("/dashboard/keys/revoke", async (context, session, form) =>
        {
            if (!session.IsAdmin) return await Forbidden(session, "Revoking keys needs an administrator's key.");
            var id = form["id"].ToString();
            if (await desk.Store.Keys.Revoke(id, context.RequestAborted)) return Results.Redirect($"/dashboard/keys?revoked={Uri.EscapeDataString(id)}");
            return await PageRenderer.Page<KeysPage>(404, ("Keys", await desk.Store.Keys.List(context.RequestAborted)), ("Problem", $"No key in use has the id {id}."), ("Session", session));
        });
        Form("/dashboard/logout", (context, _, _) =>
        {
            sessions.End(context.Request.Cookies[Cookie]);
            context.Response.Cookies.Delete(Cookie, new CookieOptions { Path = "/dashboard" });
            return Task.FromResult(Results.Redirect("/dashboard"));
        });
        app.MapPost("/dashboard/login", (RequestDelegate)(context => LogIn(context, sessions))).ExcludeFromDescription();
    }

    private static async Task Guarded(HttpContext context, DashboardSessions sessions, bool post, Func<HttpContext, DashboardSession, IFormCollection?, Task<IResult>> answer)
    {
        PageHeaders.Write(context);
        IResult result;
        try
        {
            var session = await sessions.Find(context.Request.Cookies[Cookie], context.RequestAborted);
            if (session is null)
            {
                var next = post ? "/dashboard" : context.Request.Path + context.Request.QueryString;
                result = await PageRenderer.Page<LoginPage>(401, ("Next", next), ("Problem", post ? "The session has ended; log in again." : null));
            }
            else if (!post) result = await answer(context, session, null);
            else if (!PageHeaders.FromHere(context) || await Form(context) is not { } form || !DashboardSessions.Vouches(session, form["token"])) result = await Forbidden(session, "The form did not come from a page of this session. Go back, load the page anew, and send it again.");
            else result = await answer(context, session, form);
        }
        catch (StoreUnavailableException e)
        {
            context.Response.Headers.RetryAfter = "5";
            result = await PageRenderer.Page<NoticePage>(503, ("Title", "The store cannot be reached"), ("Words", $"{e.Message} Try again in a few seconds."));
        }

        await result.ExecuteAsync(context);
    }

    private static async Task LogIn(HttpContext context, DashboardSessions sessions)
    {
        PageHeaders.Write(context);
        // without a session there is no token yet: who logs somebody else in must be this site
        if (!PageHeaders.FromHere(context) || await Form(context) is not { } form)
        {
            await (await PageRenderer.Page<LoginPage>(403, ("Problem", "The form did not come from this site."))).ExecuteAsync(context);
            return;
        }

        var next = form["next"].ToString() is var wanted && IsOurs(wanted) ? wanted : "/dashboard";
        if (await sessions.Begin(form["key"].ToString().Trim(), context.RequestAborted) is not { } id)
        {
            await (await PageRenderer.Page<LoginPage>(401, ("Problem", "This key opens no page: it is not known, was revoked, or may only send events."), ("Next", next))).ExecuteAsync(context);
            return;
        }

        context.Response.Cookies.Append(Cookie, id, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, Path = "/dashboard", IsEssential = true });
        await Results.Redirect(next).ExecuteAsync(context);
    }

    // a page of ours, and no other site's: //elsewhere and /\elsewhere are read as hosts by browsers
    private static bool IsOurs(string path) => (path == "/dashboard" || path.StartsWith("/dashboard/", StringComparison.Ordinal) || path.StartsWith("/dashboard?", StringComparison.Ordinal)) && !path.Contains('\\', StringComparison.Ordinal);

    private static async Task<IResult> Report(HttpContext context, DashboardReader reader, DashboardSession session)
    {
        if (reader.Report() is not { } file) return await PageRenderer.Page<NoticePage>(404, ("Title", "No report"), ("Words", "The served model has no report beside it."), ("Session", session));
        // the report's style sheet and heat maps are written inside of it; it runs nothing
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return Results.File(file, "text/html; charset=utf-8");
    }

    private static Task<IResult> Forbidden(DashboardSession session, string words) => PageRenderer.Page<NoticePage>(403, ("Title", "Not allowed"), ("Words", words), ("Session", session));

    private static string Asked(HttpContext context, string name) => context.Request.Query[name].ToString().Trim();

    [SuppressMessage("Performance", "CA1859", Justification = "what a form is, is the framework's to say")]
    private static async Task<IFormCollection?> Form(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = LongestForm;
        if (!context.Request.HasFormContentType || context.Request.ContentLength > LongestForm) return null;
        try
        {
            return await context.Request.ReadFormAsync(new FormOptions { ValueCountLimit = 64, BufferBodyLengthLimit = LongestForm, ValueLengthLimit = (int)LongestForm, MultipartBodyLengthLimit = 0 }, context.RequestAborted);
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException or IOException)
        {
            return null;
        }
    }
}
