using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>What <see cref="RetrieveBenchmark"/> searches, and how often.</summary>
public sealed record RetrieveBenchmarkOptions
{
    /// <summary>Vectors to search.</summary>
    /// <value>Default: 1,000,000.</value>
    public int Items { get; init; } = 1_000_000;

    /// <summary>Floats of a vector.</summary>
    /// <value>Default: 64.</value>
    public int Width { get; init; } = 64;

    /// <summary>Vectors that a search returns.</summary>
    /// <value>Default: 200.</value>
    public int Top { get; init; } = 200;

    /// <summary>Searches that count.</summary>
    /// <value>Default: 200.</value>
    public int Queries { get; init; } = 200;

    /// <summary>
    /// Directions that vectors vary in, beside a tenth of noise in all: embeddings that a model learned have fewer of them than floats. 0: the same in all
    /// directions, the hardest there is for an index.
    /// </summary>
    /// <value>Default: 16.</value>
    public int Directions { get; init; } = 16;

    /// <summary>Threads that search side by side, each a query of its own.</summary>
    /// <value>Default: 1.</value>
    public int Threads { get; init; } = 1;

    /// <summary>Seed of the vectors.</summary>
    /// <value>Default: 1.</value>
    public int Seed { get; init; } = 1;

    /// <summary>A folder to write the vectors to, as items.f32 and queries.f32, for another program to search; null: none.</summary>
    public string? Folder { get; init; }

    /// <summary>Refuses what cannot be measured.</summary>
    /// <exception cref="InputException">A number is out of its range.</exception>
    public void Check()
    {
        Within("items", Items, 1, 1 << 24);
        Within("width", Width, 1, VectorRows.MostColumns);
        Within("top", Top, 1, 100_000);
        Within("queries", Queries, 1, 1_000_000);
        Within("directions", Directions, 0, Width);
        Within("threads", Threads, 1, 256);
        if ((long)Items * Width > Array.MaxLength) throw new InputException($"items {Items} of width {Width} are more than {Array.MaxLength} floats; ask for fewer");
    }

    private static void Within(string name, int value, int least, int most)
    {
        if (value < least || value > most) throw new InputException($"{name} {value} is not from {least} to {most}");
    }
}
