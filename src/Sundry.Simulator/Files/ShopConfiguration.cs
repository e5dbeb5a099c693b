namespace Sundry.Simulator;

/// <summary>The sundry.yaml that belongs to a simulated shop.</summary>
public static class ShopConfiguration
{
    /// <summary>The text of the file; its paths are those of <see cref="ShopFolder"/>, relative to it.</summary>
    public static string Text(ShopOptions options) => $$"""
        # A simulated shop: {{options.Impressions}} impressions of {{options.Days}} days, seed {{options.Seed}}.
        # One row is one product shown once. The last {{options.TestDays}} days are the test file.
        name: shop
        data:
          train: {{ShopFolder.Train}}
          test: {{ShopFolder.Test}}
          validation: 10%
          split: {by: time, column: time}
        features:
          user_id: categorical
          age_band: categorical
          country: categorical
          segment: categorical
          device: categorical
          scenario: categorical
          hour: categorical
          weekday: categorical
          item_id: categorical
          category: categorical
          brand: categorical
          price: numeric
          discount: numeric
          position: categorical
          user_impressions: numeric
          user_clicks_7d: numeric
          user_purchases: numeric
          hours_since_click: numeric
          recent_categories: multi_categorical
          seen_before: numeric
          clicked_before: categorical
          item_impressions: numeric
          item_clicks: numeric
          item_rating: numeric
        tasks:
          click: {type: binary, label: click}
          cart: {type: binary, label: cart}
          purchase: {type: binary, label: purchase}
          # Stars are given after some clicks, seconds are known after each; rows without them do not count for these two.
          # So few rows must not outweigh the funnel's: with equal weights they would pull the shared experts their way.
          rating: {type: regression, label: rating, weight: 0.02}
          dwell: {type: regression, label: dwell, weight: 0.05}
        model:
          architecture: mmoe
          embedding: 8
          experts: {count: 8, layers: [32]}
          tower: [16]
        training:
          learning_rate: 1e-3
          batch: 1024
          epochs: 8
          early_stopping: {patience: 3}
          balancing: weighted
          seed: {{options.Seed}}

        """;
}
