using System.Text;
using Sundry.Data;

namespace Sundry.Training;

/// <summary>
/// Test pairs with the items that each competes with, as published protocols have them: a line <c>(user,item)</c>, a tab, and the other items with tabs between (the form of
/// He et al., "Neural Collaborative Filtering", 2017).
/// </summary>
/// <param name="User">The user.</param>
/// <param name="Item">The test item.</param>
/// <param name="Others">The items that it competes with, each once, the test item not among them.</param>
public sealed record CandidateList(int User, int Item, int[] Others)
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file, gzipped where it ends so.</param>
    /// <param name="users">The users' names.</param>
    /// <param name="items">The items' names.</param>
    /// <exception cref="InputException">A line is not of that form, or names a user or item that is not known.</exception>
    public static IReadOnlyList<CandidateList> Read(string path, Names users, Names items)
    {
        var lists = new List<CandidateList>();

        using var reader = TableReader.Open([path], new ReadOptions { Format = TableFormat.Csv, Delimiter = '\u0001', Header = false, Columns = ["line"] });
        while (reader.Read())
        {
            var fields = Encoding.UTF8.GetString(reader.Current[0]).Split('\t', StringSplitOptions.RemoveEmptyEntries);
            if (fields[0] is not ['(', .. var pair, ')'] || pair.Split(',') is not [var user, var item] || fields.Length < 2)
                throw new InputException("a line is not '(user,item)', a tab, and other items with tabs between; write it so", path, reader.RowsRead);
            var own = Find(items, item, "item");
            lists.Add(new(Find(users, user, "user"), own, [.. fields.Skip(1).Select(f => Find(items, f, "item")).Where(i => i != own).Distinct()]));
        }

        return lists;

        int Find(Names names, string name, string what) => names.Find(name.Trim()) is >= 0 and var number
            ? number
            : throw new InputException($"the {what} '{name}' is in no interaction; give the interactions that belong to these candidates", path, reader.RowsRead);
    }
}
