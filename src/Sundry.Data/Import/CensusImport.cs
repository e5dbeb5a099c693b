namespace Sundry.Data;

/// <summary>UCI Census-Income (KDD), 1994 and 1995: the pair of tasks of the MMoE paper (KDD 2018), income and marital status.</summary>
internal sealed class CensusImport : IDataImport
{
    private static readonly string[] s_columns =
    [
        "age", "class_of_worker", "industry_code", "occupation_code", "education", "wage_per_hour", "enrolled_last_week", "marital_status", "major_industry", "major_occupation", "race",
        "hispanic_origin", "sex", "labor_union", "unemployment_reason", "work_status", "capital_gains", "capital_losses", "stock_dividends", "tax_filer_status", "previous_region",
        "previous_state", "household_status", "household_summary", "instance_weight", "migration_msa", "migration_region", "migration_within_region", "same_house_last_year", "migration_sunbelt",
        "employer_size", "parents_present", "father_birth_country", "mother_birth_country", "birth_country", "citizenship", "self_employed", "veterans_questionnaire", "veterans_benefits",
        "weeks_worked", "year", "income",
    ];

    public string Name => "census";

    public string Files => "the folder of census-income.data and census-income.test, or of train.csv, validation.csv and test.csv";

    public void Write(ImportJob job)
    {
        bool original = job.Find("census-income.data") is not null;
        Copy(job, original ? job.Require("census-income.data") : job.Require("train.csv"), "train.csv.gz", original);
        Copy(job, original ? job.Require("census-income.test") : job.Require("test.csv"), "test.csv.gz", original);
        var validation = original ? null : job.Find("validation.csv");
        if (validation is not null) Copy(job, validation, "validation.csv.gz", original);
        // the original files end an income in a period, and so do those that were made of them
        job.Configure($$"""
            name: census
            data:
              train: train.csv.gz
              validation: {{(validation is null ? "10%" : "validation.csv.gz")}}
              test: test.csv.gz
            exclude: [instance_weight]
            tasks:
              income: {type: binary, label: income, positive: 50000+.}
              single: {type: binary, label: marital_status, positive: Never married}

            """);
    }

    private static void Copy(ImportJob job, string path, string file, bool original)
    {
        using var table = original ? ImportJob.Open(path, s_columns) : ImportJob.Open(path);
        foreach (var column in new[] { "instance_weight", "income", "marital_status" }) table.Header.Require(column, path, "of the census");
        using var rows = job.Create(file, [.. table.Header]);
        while (job.Next(table)) rows.Row(table.Current);
    }
}
