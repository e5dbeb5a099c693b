using System.CommandLine;
using System.Runtime.InteropServices;
using Sundry.Data;

namespace Sundry.Cli;

/// <summary>The exit codes: 0 done, 1 the work failed, 2 the user's input is wrong, 130 interrupted.</summary>
internal static class Exit
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongInput = 2;
    public const int Interrupted = 130;

    private static readonly CancellationTokenSource s_stop = new();

    /// <summary>Cancelled by Ctrl-C or a polite kill; a second Ctrl-C ends the process at once.</summary>
    public static CancellationToken Stop => s_stop.Token;

    /// <summary>What to say when the work was interrupted, if there is more to say.</summary>
    public static string? HowToResume { get; set; }

    public static int Run(ParseResult command)
    {
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        if (command.Errors.Count > 0)
        {
            Terminal.Error($"{command.Errors[0].Message} See 'sundry {command.CommandResult.Command.Name} --help'.".Replace("sundry sundry", "sundry", StringComparison.Ordinal));
            return WrongInput;
        }

        try
        {
            return command.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (OperationCanceledException)
        {
            Terminal.Error("interrupted" + (HowToResume is null ? "; nothing half-written was left" : $"; {HowToResume}"));
            return Interrupted;
        }
        catch (InputException e)
        {
            Terminal.Error(e.Message);
            return WrongInput;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Terminal.Error(e.Message);
            return Failed;
        }
#pragma warning disable CA1031 // the last place to say what went wrong
        catch (Exception e)
        {
            Terminal.Error($"this is a fault of Sundry's, please report it: {e}");
            return Failed;
        }
#pragma warning restore CA1031
    }

    private static void Cancel(PosixSignalContext context)
    {
        if (s_stop.IsCancellationRequested) return;
        context.Cancel = true;
        s_stop.Cancel();
    }
}
