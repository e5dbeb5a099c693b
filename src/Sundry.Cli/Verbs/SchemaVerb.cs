using System.CommandLine;
using Sundry.Data;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary><c>sundry schema</c>: the JSON Schema of sundry.yaml, for editors.</summary>
internal static class SchemaVerb
{
    public static Command Create()
    {
        var verb = new Command("schema", "Print the JSON Schema of sundry.yaml, for editors that complete and check it");
        verb.SetAction(_ =>
        {
            Console.Out.WriteLine(ConfigSchema.ToJsonSchema<SundryOptions>("sundry.yaml"));
            return Exit.Done;
        });
        return verb;
    }
}
