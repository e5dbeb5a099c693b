using Sundry.Cli;

namespace Sundry.Tests.Cli;

/// <summary>Verbs run in this process, with the console's output caught. The console is one for all, so these tests run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class CommandLine
{
    public const string Name = "command line";

    /// <summary>Runs a command line.</summary>
    internal static (int Code, string Out, string Error) Run(params string[] arguments)
    {
        var (output, error) = (Console.Out, Console.Error);
        using var caughtOutput = new StringWriter();
        using var caughtError = new StringWriter();
        try
        {
            Console.SetOut(caughtOutput);
            Console.SetError(caughtError);
            var code = FrontDoor.Enter(arguments);
            return (code, caughtOutput.ToString(), caughtError.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }

    /// <summary>Asserts that a command line is refused with one sentence, and gives that.</summary>
    internal static string Refusal(params string[] arguments)
    {
        var (code, output, error) = Run(arguments);
        Assert.True(code == Exit.WrongInput, $"ended with {code}: {output}{error}");
        Assert.Equal("", output);
        var sentence = Assert.Single(error.TrimEnd().Split('\n'), line => line.StartsWith("error: ", StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.EndsWith(sentence, error.TrimEnd(), StringComparison.Ordinal);
        return sentence["error: ".Length..];
    }
}
