using System.CommandLine;
using System.Globalization;
using System.Numerics;
using Sundry.Data;

namespace Sundry.Cli;

/// <summary>Options that are numbers, and the sentence about one that is out of its range.</summary>
internal static class NumberOption
{
    /// <summary>A whole number with a usual value.</summary>
    public static Option<int> Of(string name, string description, int usual) => new(name) { Description = description, DefaultValueFactory = _ => usual, HelpName = "N" };

    /// <summary>The seed of what is simulated.</summary>
    public static Option<int> Seed(string description = "The seed") => Of("--seed", description, 1);

    /// <summary>That seed's value.</summary>
    /// <exception cref="InputException">It is negative.</exception>
    public static ulong Seed(ParseResult command, Option<int> option) =>
        command.GetValue(option) is >= 0 and var seed ? (ulong)seed : throw new InputException($"{option.Name} {command.GetValue(option)} is below 0; give a whole number from 0");

    /// <summary>A number, where it is in its range or not given.</summary>
    /// <exception cref="InputException">It is out of its range.</exception>
    public static T? Within<T>(string option, T? value, T least, T most)
        where T : struct, INumber<T> =>
        value is not { } number || (number >= least && number <= most) ? value
            : throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{option} {number} is not from {least} to {most}"));
}
