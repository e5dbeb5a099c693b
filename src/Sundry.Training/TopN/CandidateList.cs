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
    /// <summary>Reads a file. Items that are in no interaction get new numbers: they were seen in the test alone.</summary>
    /// <param name="path">The file, gzipped where it ends so.</param>
    /// <param name="users">The users' names.</param>
    /// <param name="items">The items' names, which grow.</param>
    /// <exception cref="InputException">A line is not of that form, names a user who is in no interaction, or most items are in none.</exception>
    public static IReadOnlyList<CandidateList> Read(string path, Names users, Names items)
    {
        var lists = new List<CandidateList>();
        var known = items.Count;
        using var reader = TableReader.Open([path], new ReadOptions { Format = TableFormat.Csv, Delimiter = '\u0001', Header = false, Columns = ["line"] });
        while (reader.Read())
        {
            var fields = Encoding.UTF8.GetString(reader.Current[0]).Split('\t', StringSplitOptions.RemoveEmptyEntries);
            if (fields[0] is not ['(', .. var pair, ')'] || pair.Split(',') is not [var user, var item] || fields.Length < 2)
                throw new InputException("a line is not '(user,item)', a tab, and other items with tabs between; write it so", path, reader.Current.Line);
            if (users.Find(user.Trim()) is not (>= 0 and var number)) throw new InputException($"the user '{user}' is in no interaction; give the interactions that belong to these candidates", path, reader.Current.Line);
            var own = items.FindOrAdd(item.Trim());
            lists.Add(new(number, own, [.. fields.Skip(1).Select(f => items.FindOrAdd(f.Trim())).Where(i => i != own).Distinct()]));
        }

        return items.Count - known <= known ? lists : throw new InputException("most of its items are in no interaction; give the interactions that belong to these candidates", path);
    }
}
