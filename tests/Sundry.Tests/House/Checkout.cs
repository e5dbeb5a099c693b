namespace Sundry.Tests.House;

/// <summary>The source tree that these tests were built from.</summary>
internal static class Checkout
{
    /// <summary>The folder that holds Sundry.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The projects under src, by name.</summary>
    public static IReadOnlyList<string> Projects { get; } = [.. Directory.GetDirectories(Path.Combine(Root, "src")).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    /// <summary>A path of the tree.</summary>
    public static string Of(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Files of the tree below <paramref name="folder"/>, build output left out; paths relative to <see cref="Root"/>.</summary>
    public static IEnumerable<string> Files(string pattern, string folder = ".") =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
            .Where(f => !f.Split('/').Any(part => part is "artifacts" or "bin" or "obj" or "node_modules" or ".git" or ".sundry" or "runs" or "TestResults"));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Sundry.slnx"))) return folder.FullName;
        throw new InvalidOperationException("the tests run outside a checkout: no folder above them holds Sundry.slnx");
    }
}
