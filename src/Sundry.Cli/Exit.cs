using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Sundry.Data;
using Sundry.Serving;

namespace Sundry.Cli;

/// <summary>The exit codes: 0 done, 1 the work failed, 2 the user's input is wrong, 130 interrupted.</summary>
internal static class Exit
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongInput = 2;
    public const int Interrupted = 130;

    private static readonly CancellationTokenSource s_stop = new();
    private static readonly Regex s_types = new("as expected type 'System\\.(Nullable`1\\[System\\.)?Int(32|64)\\]?'");

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
            Terminal.Error($"{Explain(command)} See 'sundry {Path(command.CommandResult)}--help'.");
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
        catch (ArgumentOutOfRangeException e) when (e.StackTrace?.Contains("System.IO.RandomAccess.Write", StringComparison.Ordinal) == true)
        {
            // how .NET says EFBIG
            Terminal.Error("a file became larger than the file system or 'ulimit -f' allows; raise the limit, or name another disk with --out or data.cache");
            return WrongInput;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StoreUnavailableException)
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

    private static string Explain(ParseResult command)
    {
        var at = command.CommandResult.Command;
        if (command.UnmatchedTokens is not [var stray, ..]) return s_types.Replace(command.Errors[0].Message, "as a whole number");
        if (stray.StartsWith('-')) return Ask($"there is no option '{stray}'", stray, at.Options.Select(o => o.Name));
        return at.Subcommands.Count > 0 ? Ask($"there is no verb '{(at is RootCommand ? "" : at.Name + " ")}{stray}'", stray, at.Subcommands.Select(c => c.Name)) : $"'{stray}' is one argument too many.";
    }

    /// <summary>The verb and the verb within it, each with a space behind it.</summary>
    private static string Path(CommandResult at) => at.Command is RootCommand ? "" : (at.Parent is CommandResult parent ? Path(parent) : "") + at.Command.Name + " ";

    private static string Ask(string sentence, string name, IEnumerable<string> known) => NearestName.Ask(name, known) is { Length: > 0 } ask ? sentence + ask : sentence + ".";

    private static void Cancel(PosixSignalContext context)
    {
        if (s_stop.IsCancellationRequested) return;
        context.Cancel = true;
        s_stop.Cancel();
    }
}
