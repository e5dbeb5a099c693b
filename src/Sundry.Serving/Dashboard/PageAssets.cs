using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Sundry.Training;

namespace Sundry.Serving;

/// <summary>Style sheets, scripts and pictures of the pages: resources of the assembly, named with a hash of their content, so that browsers may keep them for good.</summary>
internal static class PageAssets
{
    private static readonly Dictionary<string, (byte[] Content, string Hash, string Type)> s_files = Read();

    /// <summary>Where a browser finds a file.</summary>
    /// <param name="name">Its name, such as <c>Dashboard/dashboard.css</c>.</param>
    public static string Url(string name) => $"/assets/{s_files[name].Hash}/{name}";

    /// <summary>A file as the answer to a request; 404 where there is none of that name.</summary>
    public static IResult Answer(HttpContext context, string name)
    {
        if (!s_files.TryGetValue(name, out var file)) return Results.NotFound();
        context.Response.Headers[HeaderNames.CacheControl] = "public, max-age=31536000, immutable";
        context.Response.Headers[HeaderNames.XContentTypeOptions] = "nosniff";
        // a picture that is opened by itself runs nothing either
        context.Response.Headers[HeaderNames.ContentSecurityPolicy] = "default-src 'none'; style-src 'unsafe-inline'";
        return Results.Bytes(file.Content, file.Type);
    }

    private static Dictionary<string, (byte[], string, string)> Read()
    {
        var files = new Dictionary<string, (byte[], string, string)>();
        var assembly = typeof(PageAssets).Assembly;
        foreach (var name in assembly.GetManifestResourceNames())
        {
            var type = Path.GetExtension(name) switch { ".css" => "text/css; charset=utf-8", ".js" => "text/javascript; charset=utf-8", ".svg" => "image/svg+xml", _ => null };
            if (type is null) continue;
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var reader = new StreamReader(stream, Encoding.UTF8);
            var text = reader.ReadToEnd();
            // the charts look in the dashboard as they do in the report
            var content = Encoding.UTF8.GetBytes(name == "Dashboard/dashboard.css" ? ChartStyle.Text + text : text);
            files[name] = (content, Convert.ToHexStringLower(SHA256.HashData(content))[..12], type);
        }

        return files;
    }
}
