using System.Globalization;

namespace Sundry.Data;

/// <summary>UCI Online Retail: invoices of a British wholesaler of gifts, 2010 to 2011. Chen, Sain and Guo, 2012.</summary>
internal sealed class OnlineRetailImport : IDataImport
{
    public string Name => "online-retail";

    public string Files => "the table as CSV (online_retail.csv, or the file itself)";

    public void Write(ImportJob job)
    {
        var path = File.Exists(job.Request.Source) ? job.Request.Source : job.Require("online_retail_all.csv", "online_retail.csv", "OnlineRetail.csv", "Online Retail.csv", "online_retail_II.csv");
        var items = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        var users = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        using (var table = ImportJob.Open(path))
        using (var events = job.Create(ImportJob.Events, "type", "user", "session", "item", "time", "quantity", "price"))
        {
            int Place(params ReadOnlySpan<string> names)
            {
                foreach (var name in names)
                    if (table.Header.IndexOf(name) is >= 0 and var place) return place;
                return table.Header.Require(names[0], path, "of Online Retail");
            }

            var (invoice, code, words, quantity) = (Place("InvoiceNo", "Invoice"), Place("StockCode"), Place("Description"), Place("Quantity"));
            var (time, price, customer, country) = (Place("InvoiceDate"), Place("UnitPrice", "Price"), Place("CustomerID", "Customer ID"), Place("Country"));
            while (job.Next(table))
            {
                var row = table.Current;
                if (!NumberText.TryParse(row[quantity], out float many)) throw new InputException($"the quantity {FieldText.Quote(row[quantity])} is not a number", path, row.Line, quantity + 1);
                if (!NumberText.TryParse(row[price], out float each)) throw new InputException($"the price {FieldText.Quote(row[price])} is not a number", path, row.Line, price + 1);
                if (!TimeText.TryParse(row[time], out long at)) throw new InputException(TimeEncoder.Problem(row[time]), path, row.Line, time + 1);
                var item = row.Text(code);
                var text = row.Text(words);
                if (!items.TryGetValue(item, out var known) || known.Length == 0) items[item] = text;
                // 17850.0: the table was once a spreadsheet's
                var user = row.Text(customer) is var id && id.EndsWith(".0", StringComparison.Ordinal) ? id[..^2] : id;
                if (user.Length > 0) users.TryAdd(user, row.Text(country));
                bool cancelled = row[invoice] is [(byte)'C' or (byte)'c', ..];
                if (many < 0 && !cancelled) job.LeaveOut("corrections of the stock, no customer's doing");
                else if (each < 0) job.LeaveOut("corrections of debts, at a price below 0");
                else
                    events.Row(cancelled ? "return" : "purchase", user, row.Text(invoice), item, DateTime.UnixEpoch.AddMilliseconds(at).ToString("yyyy-MM-ddTHH:mm:ssZ"), Math.Abs(many).ToString(CultureInfo.InvariantCulture), row.Text(price));
            }
        }

        using (var written = job.Create("items.csv", "item", "description"))
            foreach (var (item, text) in items) written.Row(item, text);
        using (var written = job.Create("users.csv", "user", "country"))
            foreach (var (user, country) in users) written.Row(user, country);
        job.Note("Cancelled invoices (C…) are returns of a positive quantity; lines without a customer are known by their invoice alone.");
        job.ConfigureLog(new LogTasks(
            "{kind: users, every: 28d}",
            ["churn: {type: binary, event: purchase, absent: true}", "spend: {type: regression, event: purchase, label: spend}"]));
    }
}
