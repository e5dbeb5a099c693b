namespace Sundry.Simulator;

/// <summary>The columns of a truth file: one row for each row of the table beside it, in the same order.</summary>
internal static class TruthTable
{
    public static readonly string[] Columns = ["impression_id", "click", "cart", "purchase", "rating", "dwell", "examination"];

    public static void WriteHeader(RowWriter rows)
    {
        foreach (var name in Columns) rows.Text(name);
        rows.EndRow();
    }

    public static void Write(RowWriter rows, long id, in TrueValues truth)
    {
        rows.Number(id);
        rows.Number(truth.Click, "G7");
        rows.Number(truth.Cart, "G7");
        rows.Number(truth.Purchase, "G7");
        rows.Number(truth.Rating, "G6");
        rows.Number(truth.Dwell, "G6");
        rows.Number(truth.Examination, "G6");
        rows.EndRow();
    }
}
