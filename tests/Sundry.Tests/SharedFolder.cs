namespace Sundry.Tests;

/// <summary>
/// The folder of reference material that may lie beside a checkout. Tests that use it are skipped where it is absent.
/// </summary>
public static class SharedFolder
{
    /// <summary>The full path of <paramref name="relative"/> inside the folder; skips the calling test, saying why, where it is absent.</summary>
    public static string Require(string relative)
    {
        var path = Find(relative);
        Skip.If(path is null, $"needs ../shared/{relative} beside the checkout");
        return path!;
    }

    private static string? Find(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Sundry.slnx"))) continue;
            var path = Path.Combine(folder.FullName, "..", "shared", relative);
            return Path.Exists(path) ? Path.GetFullPath(path) : null;
        }

        return null;
    }
}
