namespace Sundry.Simulator;

/// <summary>The sundry.yaml that belongs to a simulated event log.</summary>
public static class LogConfiguration
{
    /// <summary>The file's name.</summary>
    public const string FileName = "sundry.yaml";

    /// <summary>The text of the file; its paths are those of <see cref="LogFolder"/>, relative to it.</summary>
    /// <param name="options">The log.</param>
    public static string Text(ShopLogOptions options) => $$$"""
        # A simulated shop's log: {{{options.Events}}} events of {{{options.Shop.Days}}} days, seed {{{options.Shop.Seed}}}. Train on it: sundry train
        name: shop
        data:
          log:
            events: {{{LogFolder.Events(options)}}}
            items: {{{LogFolder.Items}}}
            users: {{{LogFolder.Users}}}
            friends: {{{LogFolder.Friendships}}}
            categories: {{{LogFolder.Categories}}}
            stock: {{{LogFolder.Deliveries}}}
          rows: impressions              # one row is one product shown once
          validation: 10%                # the newest rows of those that are left for training
          split: {by: time, test: 15%}   # the newest rows of all
          # more to learn from one log (docs/samples.md):
          # sources:
          #   users: {rows: {kind: users, every: 7d}}      # a row for each active customer and week
          #   reviews: {rows: reviews}                     # a row for each review
        # Features are not named: columns of events, catalogue and customers, about 20 counters and each customer's history, all as of the row's moment.
        tasks:
          click: {type: binary, within: 1h}
          cart: {type: binary, within: 1d, after: [click]}
          buy: {type: binary, event: purchase, within: 3d, after: [click]}     # the last 3 days cannot be judged yet: they have no label
          # Seconds are known after clicks alone. So few rows must not outweigh the funnel's, which would pull the shared experts their way.
          stay: {type: regression, event: dwell, within: 1h, weight: 0.05}
          # churn: {type: binary, source: users, event: purchase, absent: true}
          # stars: {type: regression, source: reviews, event: review}
        # One order of all outputs, for lists: what a click, a cart and a purchase are worth.
        ranking:
          group: recommendation          # the products of one page
          value: {weights: {click: 1, cart: 5, buy: 20}}
          goal: {ndcg: click, at: 10}
        model:
          architecture: mmoe
          embedding: 8
          experts: {count: 8, layers: [32]}
          tower: [16]
        training:
          learning_rate: 1e-3
          batch: 1024
          epochs: 3
          early_stopping: {patience: 2}
          balancing: weighted
          seed: {{{options.Shop.Seed}}}

        """;
}
