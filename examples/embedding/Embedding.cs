using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Sundry.Serving;

namespace Sundry.Examples;

/// <summary>A shop's own ASP.NET application that ranks with Sundry in its own process, and offers Sundry's interface below a path of its own.</summary>
public static class Embedding
{
    /// <summary>Builds the application.</summary>
    /// <param name="store">The store, such as shop.db.</param>
    /// <param name="model">The model's folder; null: none yet.</param>
    /// <param name="url">Where to listen.</param>
    public static WebApplication Build(string store, string? model, string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSundry(o =>
        {
            o.Store = store;
            o.Model = model;
            o.Http = new HttpOptions { Open = true };     // who may ask is this application's business
        });
        var app = builder.Build();
        app.Urls.Add(url);

        // the shop's own page, ranked in this process: no request leaves it
        app.MapGet("/page/{user}", async (string user, ShopServer shop, CancellationToken cancel) =>
        {
            var answer = await shop.Recommend(new RecommendRequest { User = user, Count = 3 }, cancel);
            return Results.Text(string.Join(',', answer.Items.Select(i => i.Id)));
        });

        // Sundry's whole interface, for those who present the shop's own token
        app.Use(async (context, next) =>
        {
            if (context.Request.Path.StartsWithSegments("/recommendations") && context.Request.Headers["X-Shop-Token"] != "open sesame") context.Response.StatusCode = 401;
            else await next(context);
        });
        app.MapSundry("/recommendations/v1");
        return app;
    }
}
