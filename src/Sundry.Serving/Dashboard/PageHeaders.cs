using Microsoft.AspNetCore.Http;

namespace Sundry.Serving;

/// <summary>What keeps pages from running or showing anything that is not theirs, and forms of other sites from being taken for ours.</summary>
internal static class PageHeaders
{
    /// <summary>No scripts and styles but our files', no frames around it, nothing kept by browsers.</summary>
    public static void Write(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }

    /// <summary>Whether the browser says that one of our own pages sent this. Programs, which say nothing, have no cookies that could be misused.</summary>
    public static bool FromHere(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (headers["Sec-Fetch-Site"] is { Count: > 0 } site && site != "same-origin") return false;
        return headers.Origin is not { Count: > 0 } origin || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && string.Equals(from.Authority, context.Request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
