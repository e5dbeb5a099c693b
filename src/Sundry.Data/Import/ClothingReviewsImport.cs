using System.Text;

namespace Sundry.Data;

/// <summary>Women's e-commerce clothing reviews (Kaggle, N. Brooks): words, stars, and whether the garment is recommended. Nobody is named, so that each review is a visit of its own.</summary>
internal sealed class ClothingReviewsImport : IDataImport
{
    // our name, theirs
    private static readonly (string Ours, string Theirs)[] s_context =
    [
        ("age", "Age"), ("recommended", "Recommended IND"), ("feedback", "Positive Feedback Count"), ("division", "Division Name"), ("department", "Department Name"), ("class", "Class Name"),
    ];

    public string Name => "clothing-reviews";

    public string Files => "Womens Clothing E-Commerce Reviews.csv, or the file itself";

    public void Write(ImportJob job)
    {
        var path = File.Exists(job.Request.Source) ? job.Request.Source : job.Require("Womens_Clothing_E-Commerce_Reviews.csv", "Womens Clothing E-Commerce Reviews.csv");
        using (var table = ImportJob.Open(path))
        using (var events = job.Create(ImportJob.Events, ["id", "type", "session", "item", "time", "value", "text", .. s_context.Select(c => c.Ours)]))
        {
            int Place(string column) => table.Header.Require(column, path, "of the clothing reviews");
            var (item, title, text, rating) = (Place("Clothing ID"), Place("Title"), Place("Review Text"), Place("Rating"));
            int[] context = [.. s_context.Select(c => Place(c.Theirs))];
            for (long number = 0; job.Next(table); number++)
            {
                var row = table.Current;
                var id = number.ToString();
                events.Field(Encoding.UTF8.GetBytes(id));
                events.Field("review"u8);
                events.Field(Encoding.UTF8.GetBytes(id));
                events.Field(row[item]);
                events.Field(Encoding.UTF8.GetBytes(ImportJob.MadeTime(number)));
                events.Field(row[rating]);
                events.Field(Encoding.UTF8.GetBytes(string.Join(". ", new[] { row.Text(title), row.Text(text) }.Where(part => part.Length > 0))));
                foreach (int place in context) events.Field(row[place]);
                events.End();
            }
        }

        job.NoteMadeTimes("the order of the file became one");
        job.Note("Nobody is named: each review is a session of its own. Its text is title and review.");
        job.ConfigureLog(
            new LogTasks("reviews", ["recommended: {type: binary}", "rating: {type: regression, label: value}", "department: {type: multiclass}"]), exclude: ["division", "class"]);
    }
}
