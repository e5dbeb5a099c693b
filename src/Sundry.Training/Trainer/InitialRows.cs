using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Training;

/// <summary>
/// Embeddings of users and items that begin as LightGCN's (He et al., 2020) rows on the graph of the training rows. Neither validation nor test has a part in it; ids
/// that no pair names keep their random rows.
/// </summary>
internal static class InitialRows
{
    private const int RowsRead = 4096;

    /// <summary>Writes the rows into every table of the two features.</summary>
    /// <exception cref="InputException">A feature is unknown, has no embeddings of one id, or the two are of different widths; or no row joins a pair.</exception>
    public static void Write(EncodedTable train, MultiTaskModel model, ParameterStore store, InitialOptions options, FitRequest request)
    {
        var (users, items) = (Column(model.Layout, options.Users, "users"), Column(model.Layout, options.Items, "items"));
        var (ofUsers, ofItems) = (model.RowsOf(users), model.RowsOf(items));
        var widths = ofUsers.Concat(ofItems).Select(t => t.Table.Width).Distinct().ToList();
        if (widths.Count > 1)
            throw new InputException($"'training.initial' makes rows of one width, and '{options.Users}' and '{options.Items}' have embeddings of {string.Join(" and ", widths)}; give both the same");
        if (widths.Count == 0) return;

        var pairs = Pairs(train, model, users, items, options);
        using var spread = new LightGcnRecommender(new()
        {
            Factors = widths[0],
            Layers = options.Layers,
            Epochs = options.Epochs,
            Batch = options.Batch,
            LearningRate = options.LearningRate,
            Regularization = options.Regularization,
            Friends = 0,
        });
        spread.Fit(pairs, request);
        var popularity = pairs.Popularity();
        var known = (Users: (int[])[.. Enumerable.Range(0, pairs.UserCount).Where(u => !pairs.ItemsOf(u).IsEmpty)], Items: (int[])[.. Enumerable.Range(0, pairs.ItemCount).Where(i => popularity[i] > 0)]);
        var scale = (float)(options.Deviation / Math.Sqrt((Squares(spread.UserFactors, known.Users, widths[0]) + Squares(spread.ItemFactors, known.Items, widths[0])) / ((double)(known.Users.Length + known.Items.Length) * widths[0])));
        Put(store, ofUsers, spread.UserFactors, known.Users, scale);
        Put(store, ofItems, spread.ItemFactors, known.Items, scale);
        store.Touch();
    }

    private static int Column(Layout layout, string feature, string key)
    {
        for (var i = 0; i < layout.Ids.Count; i++)
            if (layout.Ids[i].Name == feature && layout.Ids[i].Vectors is null)
                return i;
        throw new InputException($"'training.initial.{key}' names '{feature}', which is no categorical feature{NearestName.Ask(feature, layout.Ids.Select(f => f.Name))}; give one whose rows have a single category");
    }

    private static Interactions Pairs(EncodedTable train, MultiTaskModel model, int users, int items, InitialOptions options)
    {
        var layout = model.Layout;
        if (options.Of.FirstOrDefault(name => layout.Tasks.All(t => t.Name != name)) is { } unknown)
            throw new InputException($"'training.initial.of' names task '{unknown}', which there is not{NearestName.Ask(unknown, layout.Tasks.Select(t => t.Name))}");
        int[] tasks = options.Of.Count > 0
            ? [.. Enumerable.Range(0, layout.Tasks.Count).Where(t => options.Of.Contains(layout.Tasks[t].Name))]
            : [.. model.Heads.Where(h => h.Task.Type is TaskType.Binary or TaskType.Count).Select(h => h.Column)];
        var pairs = new HashSet<(int, int)>();
        var batch = new Batch(layout, RowsRead);
        for (var start = 0; start < train.Count; start += RowsRead)
        {
            train.Fill(batch, start, Math.Min(RowsRead, train.Count - start));
            Join(pairs, batch, users, items, tasks);
        }

        if (pairs.Count == 0) throw new InputException($"'training.initial' finds no training row that joins a known '{options.Users}' to a known '{options.Items}'; name other tasks under 'of', or remove it");
        return Interactions.Of(layout.Ids[users].Rows, layout.Ids[items].Rows, pairs);
    }

    // id 0 is everything that is unknown, and no one to be joined
    private static void Join(HashSet<(int, int)> pairs, Batch batch, int users, int items, int[] tasks)
    {
        var (columns, labels) = (batch.Layout.Ids.Count, batch.Layout.Tasks.Count);
        for (var row = 0; row < batch.Count; row++)
        {
            var (user, item) = (batch.Ids[row * columns + users], batch.Ids[row * columns + items]);
            if (user == 0 || item == 0) continue;
            if (tasks.Length == 0 || Array.Exists(tasks, t => batch.Labels[row * labels + t] > 0)) pairs.Add((user, item));
        }
    }

    private static double Squares(float[] rows, int[] known, int width) => known.Sum(row => (double)RowMath.Dot(rows.AsSpan(row * width, width), rows.AsSpan(row * width, width)));

    private static void Put(ParameterStore store, IReadOnlyList<(Table Table, int First)> tables, float[] rows, int[] known, float scale)
    {
        foreach (var (table, first) in tables)
        {
            foreach (var row in known)
            {
                var own = store.Values(table, first + row);
                for (var i = 0; i < own.Length; i++) own[i] = scale * rows[row * own.Length + i];
            }
        }
    }
}
