using System.CommandLine;
using Sundry.Data;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary><c>sundry schema</c>: the JSON Schema of sundry.yaml, for editors; or its reference page.</summary>
internal static class SchemaVerb
{
    public static Command Create()
    {
        var markdown = new Option<bool>("--markdown") { Description = "Print the reference page instead, as Markdown" };
        var verb = new Command("schema", "Print the JSON Schema of sundry.yaml, for editors that complete and check it") { markdown };
        verb.SetAction(command =>
        {
            Console.Out.WriteLine(command.GetValue(markdown) ? Reference.TrimEnd() : Schema);
            return Exit.Done;
        });
        return verb;
    }

    /// <summary>The reference page, as it stands in docs/configuration.md.</summary>
    internal static string Reference => ConfigReference.ToMarkdown(Schema);

    private static string Schema => ConfigSchema.ToJsonSchema<SundryOptions>("sundry.yaml", typeof(ServeFile));
}
