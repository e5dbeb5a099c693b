using System.Data.Common;
using Npgsql;

namespace Sundry.Serving;

/// <summary>Hears of the other servers' commits over a connection of its own, and opens a new one when that is lost.</summary>
internal sealed class PostgresListener : IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource _source;
    private readonly string _channel;
    private readonly Action _changed;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    public PostgresListener(NpgsqlDataSource source, string channel, Action changed, TimeProvider clock)
    {
        (_source, _channel, _changed, _clock) = (source, channel, changed, clock);
        _loop = Task.Run(Run);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _loop.GetAwaiter().GetResult();
        _stop.Dispose();
    }

    private async Task Run()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await Listen();
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is DbException or IOException or InvalidOperationException or TimeoutException or System.Net.Sockets.SocketException)
            {
                // followers look by themselves meanwhile
                await Task.Delay(s_pause, _clock, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task Listen()
    {
        await using var connection = await _source.OpenConnectionAsync(_stop.Token);
        connection.Notification += (_, _) => _changed();
        await using (var command = connection.CreateCommand())
        {
#pragma warning disable CA2100 // a channel cannot be a parameter; the schema's name was checked to be a plain word
            command.CommandText = $"LISTEN \"{_channel}\"";
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(_stop.Token);
        }

        // whatever was missed while nobody listened
        _changed();
        while (true) await connection.WaitAsync(_stop.Token);
    }
}
