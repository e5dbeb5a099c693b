using Microsoft.Extensions.DependencyInjection;

namespace Sundry.Serving;

/// <summary>Adds a shop that answers to the services of an ASP.NET application.</summary>
public static class SundryServices
{
    /// <summary>
    /// Opens the store and the model when the application starts, closes them when it stops, and offers the <see cref="ShopServer"/> to whoever asks for it:
    /// <c>services.AddSundry(o =&gt; { o.Store = "shop.db"; o.Model = "models/shop"; })</c>.
    /// </summary>
    public static IServiceCollection AddSundry(this IServiceCollection services, Action<SundryServiceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new SundryServiceOptions();
        configure(options);
        services.AddSingleton(options);
        services.AddSingleton<SundryService>();
        services.AddHostedService(s => s.GetRequiredService<SundryService>());
        services.AddSingleton(s => s.GetRequiredService<SundryService>().Server ?? throw new InvalidOperationException("the shop is not open yet; ask for ShopServer after the application has started"));
        return services;
    }
}
