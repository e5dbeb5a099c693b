using System.Diagnostics;
using System.Globalization;
using Sundry.Data;
using Sundry.Serving;

namespace Sundry.Cli;

/// <summary>A server from its start to its end.</summary>
internal static class ServeRun
{
    /// <summary>Serves until the process is asked to stop.</summary>
    /// <returns>The exit code: 0 where it was asked to.</returns>
    public static int Run(ServeSettings settings) => Serve(settings, Exit.Stop).GetAwaiter().GetResult();

    /// <summary>As <see cref="Run"/>, until <paramref name="stop"/>.</summary>
    internal static async Task<int> Serve(ServeSettings settings, CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        var clock = TimeProvider.System;
        if (settings.File.Http.Open && !settings.Listen.IsLoopback) throw new InputException($"--open serves without keys, to everybody who reaches {settings.Listen}; leave it out, or listen on 127.0.0.1");
        using var export = OtlpExport.Start(ConfigSource.Program);
        if (export is not null) Terminal.Say($"spans and measurements go to {export.Where}");
        using var store = ShopStore.Open(settings.Store, new StoreOptions { Clock = clock, Rules = new EventRules { OwnTypes = settings.File.Events } });
        ShopServer? server = null;
        await using var host = await ShopHost.Start(() => server, settings.Listen, settings.File.Http, settings.Log ? Console.Error : null, clock, app => app.MapDashboard(() => server, clock), stop);
        Terminal.Say(FormattableString.Invariant($"reading {store.Place} …"));
        var opened = await ShopServer.Open(store, settings.Model, new ServeOptions { Clock = clock, Vectors = settings.Vectors, Defaults = settings.File.Serve }, stop);
        try
        {
            if (!settings.File.Http.Open) await FirstKey(store, stop);
            server = opened;
            await Say(settings, store, opened, host, Stopwatch.GetElapsedTime(started), stop);
            await Stopped(stop);
            Terminal.Say("stopping: no more requests are taken, those that are being answered are finished");
            await host.Stop();
            await Save(opened);
            return Exit.Done;
        }
        finally
        {
            await opened.DisposeAsync();
        }
    }

    private static async Task FirstKey(ShopStore store, CancellationToken stop)
    {
        if ((await store.Keys.List(stop)).Count > 0) return;
        var (_, text) = await store.Keys.Create("first", KeyScopeNames.All, stop);
        Terminal.Say("the store had no keys; this one opens everything, and is shown this once:");
        Console.Error.WriteLine(text);
    }

    private static async Task Say(ServeSettings settings, ShopStore store, ShopServer server, ShopHost host, TimeSpan took, CancellationToken stop)
    {
        var counts = await store.Counts(stop);
        var address = host.Address.ToString().TrimEnd('/');
        if (settings.Json)
        {
            Terminal.Json(new { Address = address, Store = store.Place, Model = server.Model?.Id, counts.Events, counts.Items, counts.Users, server.Live.Position, Seconds = Math.Round(took.TotalSeconds, 3), Process = Environment.ProcessId });
            await Console.Out.FlushAsync(stop);
            return;
        }

        Terminal.Say(string.Create(CultureInfo.InvariantCulture, $"{counts.Items:N0} items, {counts.Events:N0} events; {(server.Model is { } model ? $"the model {model.Id} answers" : "no model: answers are what is popular and visited together")}"));
        Terminal.Say(string.Create(CultureInfo.InvariantCulture, $"ready after {took.TotalSeconds:0.0} s at {address}{(settings.File.Http.Open ? ", without keys" : "")}; {address}/dashboard shows it, {address}/openapi.json describes it, Ctrl-C stops it"));
    }

    private static async Task Save(ShopServer server)
    {
        try
        {
            await server.Live.Checkpoint();
        }
        catch (StoreUnavailableException e)
        {
            Terminal.Say($"the state was not saved, and the next start takes longer: {e.Message}");
        }
    }

    /// <summary>Waits until the process is asked to stop.</summary>
    internal static async Task Stopped(CancellationToken stop)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, stop);
        }
        catch (OperationCanceledException)
        {
            // asked to stop
        }
    }
}
