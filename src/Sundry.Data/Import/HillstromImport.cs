namespace Sundry.Data;

/// <summary>Hillstrom's e-mail challenge: customers who got one of two mails or none, and whether they visited, bought, and for how much. MineThatData, 2008.</summary>
internal sealed class HillstromImport : IDataImport
{
    private const string Table = "customers.csv.gz";
    private static readonly string[] s_labels = ["visit", "conversion", "spend"];

    public string Name => "hillstrom";

    public string Files => "hillstrom.csv, or the challenge's own file";

    public void Write(ImportJob job)
    {
        var path = File.Exists(job.Request.Source) ? job.Request.Source
            : job.Require("hillstrom.csv", "Kevin_Hillstrom_MineThatData_E-MailAnalytics_DataMiningChallenge_2008.03.20.csv");
        using (var table = ImportJob.Open(path))
        using (var rows = job.Create(Table, [.. table.Header]))
        {
            foreach (var label in s_labels) table.Header.Require(label, path, "of Hillstrom's challenge");
            while (job.Next(table)) rows.Row(table.Current);
        }

        job.Configure($$"""
            name: hillstrom
            data:
              train: {{Table}}
              validation: 10%
              split: {by: random, test: 20%}
            tasks:
              visit: binary
              conversion: {type: binary, where: visit = 1}
              spend: {type: regression, where: conversion = 1}

            """);
    }
}
