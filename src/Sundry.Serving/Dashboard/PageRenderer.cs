using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Sundry.Serving;

/// <summary>Renders a Razor component to a whole page, on the server, once: there is no state and no script behind it.</summary>
internal static class PageRenderer
{
    private static readonly ServiceProvider s_services = new ServiceCollection().AddLogging().BuildServiceProvider();

    /// <summary>The page's text.</summary>
    public static async Task<string> Text<TPage>(params (string Name, object? Value)[] parameters)
        where TPage : IComponent
    {
        await using var renderer = new HtmlRenderer(s_services, NullLoggerFactory.Instance);
        var view = ParameterView.FromDictionary(parameters.ToDictionary(p => p.Name, p => p.Value));
        return await renderer.Dispatcher.InvokeAsync(async () => "<!DOCTYPE html>\n" + (await renderer.RenderComponentAsync<TPage>(view)).ToHtmlString());
    }

    /// <summary>The page as what a request is answered with.</summary>
    public static async Task<IResult> Page<TPage>(int status, params (string Name, object? Value)[] parameters)
        where TPage : IComponent => Results.Content(await Text<TPage>(parameters), "text/html; charset=utf-8", statusCode: status);
}
