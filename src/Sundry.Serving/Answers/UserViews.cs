using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Serving;

/// <summary>Makes the view of a user.</summary>
internal static class UserViews
{
    private const int MostInterests = 10;

    /// <summary>What is known of a user; null where nothing is.</summary>
    public static UserView? Of(ServedShop shop, string user)
    {
        using var moment = shop.Live.Read();
        var visitor = shop.Live.Visit(user, null);
        if (visitor.User < 0 && visitor.Items.Count == 0) return null;
        var known = shop.Memory.Known;
        var tasks = visitor.User < 0 ? [] : Tasks(shop, visitor.User);
        return new UserView
        {
            Id = user,
            Attributes = Attributes(known, visitor.User),
            Items = [.. visitor.Items.Select(known.Items.Text)],
            Bought = [.. visitor.Bought.OrderByDescending(b => b.Value).Select(b => new BoughtItem(known.Items.Text(b.Key), b.Value))],
            Interests = Interests(shop, visitor.Items),
            Tasks = tasks,
            Model = tasks.Count > 0 ? shop.Model!.Id : null,
        };
    }

    private static Dictionary<string, string> Attributes(EventLog known, int user)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var column in known.UserColumns)
            if (column[user] is >= 0 and var text) attributes[column.Name] = column.Values.Text(text);
        return attributes;
    }

    private static List<Interest> Interests(ServedShop shop, IReadOnlyList<int> items)
    {
        var category = shop.Live.Names.Item.Find("category");
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var all = 0;
        foreach (var item in items)
        {
            if (shop.Memory.Shelf[item]?.Facts[category] is not { Text.Length: > 0 } fact) continue;
            all++;
            foreach (var part in fact.Parts ?? [fact]) counts[part.Text] = counts.GetValueOrDefault(part.Text) + 1;
        }

        return [.. counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Take(MostInterests).Select(c => new Interest(c.Key, (double)c.Value / all))];
    }

    // tasks about users themselves, such as churn: rows of periods, one a user
    private static Dictionary<string, double> Tasks(ServedShop shop, int user)
    {
        var outputs = new Dictionary<string, double>(StringComparer.Ordinal);
        if (shop.Model is not { } model || shop.Memory.State is not { } state) return outputs;
        foreach (var source in model.Bundle.Model.MainHeads.GroupBy(h => h.Task.Source).Where(s => model.Bundle.Encoder.RowsOf(s.Key) == "users"))
        {
            TaskHead[] heads = [.. source];
            var encoder = new SampleEncoder(model.Bundle.Encoder, shop.Memory.Known, state, source.Key);
            using var predictor = new Predictor(model.Bundle.Model, model.Bundle.Store, 1, threads: 1, heads: heads);
            var batch = new Batch(model.Bundle.Encoder.Layout, 1);
            encoder.Append(batch, new ShopEvent { Time = shop.Live.Moment(), User = user, Item = -1, Session = -1, Scenario = -1, Recommendation = -1, Text = -1, Price = float.NaN, Value = float.NaN });
            predictor.Run(batch);
            foreach (var head in heads)
            {
                var predictions = new float[head.Outputs];
                predictor.Predictions(head, predictions);
                outputs[head.Task.Name] = head.Outputs == 1 ? predictions[0] : Array.IndexOf(predictions, predictions.Max());
            }
        }

        return outputs;
    }
}
