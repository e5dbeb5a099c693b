using System.Data.Common;

namespace Sundry.Training;

/// <summary>What <c>train</c> is asked for.</summary>
/// <param name="Options">The configuration.</param>
/// <param name="BaseDirectory">The folder that its relative paths start from.</param>
/// <param name="Out">The folder of the bundle.</param>
/// <param name="Command">The command line that does the same again, for the report.</param>
/// <param name="Program">The program's version.</param>
/// <param name="Resume">Whether to go on from a checkpoint where there is one.</param>
/// <param name="Force">Whether a bundle in <paramref name="Out"/> is replaced.</param>
public sealed record RunRequest(SundryOptions Options, string BaseDirectory, string Out, string Command, string Program, bool Resume = false, bool Force = false)
{
    /// <summary>Opens the database that a log names, for reading; null where there is nobody who can.</summary>
    public Func<string, DbConnection>? OpenDatabase { get; init; }
}
