using System.Text.Json;

namespace Sundry.EndToEnd.Tests;

/// <summary>What a command came to.</summary>
/// <param name="ExitCode">0 done, 1 failed, 2 wrong input, 130 interrupted.</param>
/// <param name="Out">Everything on stdout.</param>
/// <param name="Error">Everything on stderr.</param>
internal sealed record Outcome(int ExitCode, string Out, string Error)
{
    /// <summary>Stdout as one JSON document; anything before or behind it fails the test.</summary>
    public JsonElement Json()
    {
        using var document = JsonDocument.Parse(Out);
        return document.RootElement.Clone();
    }

    /// <summary>Asserts that the input was refused in one sentence that holds all of <paramref name="parts"/>.</summary>
    public void RefusesWith(params string[] parts)
    {
        Assert.Equal("", Out);
        RefusesPartlyWith(parts);
    }

    /// <summary>As <see cref="RefusesWith"/>, where rows before the mistake are on stdout already.</summary>
    public void RefusesPartlyWith(params string[] parts)
    {
        Assert.True(ExitCode == 2, $"ended with {ExitCode}: {Error}");
        var said = Error.TrimEnd().Split('\n').Where(line => line.StartsWith("error: ", StringComparison.Ordinal)).ToList();
        var sentence = Assert.Single(said);
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        foreach (var part in parts) Assert.Contains(part, sentence, StringComparison.Ordinal);
    }
}
