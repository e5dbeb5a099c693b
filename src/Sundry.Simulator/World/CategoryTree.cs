namespace Sundry.Simulator;

/// <summary>The departments that categories belong to, and what those belong to: a tree of two or three levels.</summary>
public static class CategoryTree
{
    private static readonly string[] s_departments = ["wear", "leisure", "home", "devices", "daily"];
    private static readonly string[] s_above = ["personal", "", "household", "household", "personal"];

    // department of each of the shop's first categories, in the order of their names; further ones in turn
    private static readonly int[] s_known = [0, 1, 2, 1, 2, 0, 3, 2, 1, 4, 1, 1, 2, 4, 0, 0, 4, 1, 2, 0, 3, 2, 4, 4];

    /// <summary>The names of the departments.</summary>
    public static IReadOnlyList<string> Departments => s_departments;

    /// <summary>Place of a category's department in <see cref="Departments"/>.</summary>
    /// <param name="category">Place of the category in <see cref="Shop.Categories"/>.</param>
    public static int DepartmentOf(int category) => category < s_known.Length ? s_known[category] : category % s_departments.Length;

    /// <summary>Every category and department with what it belongs to; roots are not listed.</summary>
    public static IEnumerable<(string Category, string Parent)> Edges(Shop shop)
    {
        for (var category = 0; category < shop.Categories.Count; category++) yield return (shop.Categories[category], s_departments[DepartmentOf(category)]);
        for (var department = 0; department < s_departments.Length; department++)
            if (s_above[department].Length > 0) yield return (s_departments[department], s_above[department]);
    }
}
