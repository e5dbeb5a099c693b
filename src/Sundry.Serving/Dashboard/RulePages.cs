using Microsoft.AspNetCore.Http;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>Rules and scenarios: listed, edited as JSON, tried, saved, deleted.</summary>
internal sealed class RulePages(IShopDesk desk, DashboardReader reader)
{
    private const string Empty = "{\n  \n}";

    /// <summary>The page, with the document that is asked for.</summary>
    public async Task<IResult> Show(HttpContext context, DashboardSession session)
    {
        var cancel = context.RequestAborted;
        var (kind, name) = (context.Request.Query["kind"].ToString(), context.Request.Query["name"].ToString());
        if (!DashboardReader.Kinds.Contains(kind)) kind = DashboardReader.Kinds[0];
        var document = name.Length > 0 ? await desk.Store.Documents.Get(kind, name, cancel) : null;
        var model = new RulesModel
        {
            Documents = await reader.Documents(cancel),
            Kind = kind,
            Name = document?.Name ?? "",
            Version = document?.Version ?? 0,
            Content = document?.Content is { } content ? DashboardReader.Indented(content) : Empty,
            Scenario = kind == "scenario" && document is not null ? document.Name : "home",
            Problem = name.Length > 0 && document is null ? $"There is no {kind} of the name {name}." : null,
            MaySave = session.IsAdmin,
        };
        var notice = context.Request.Query["done"].ToString() switch { "saved" => "Saved: the next answer follows it.", "deleted" => "Deleted: the next answer does without it.", _ => null };
        return await Page(model.Problem is null ? 200 : 404, model, session, notice);
    }

    /// <summary>A form that tries, saves or deletes.</summary>
    public async Task<IResult> Take(HttpContext context, DashboardSession session, IFormCollection form)
    {
        var cancel = context.RequestAborted;
        var kind = form["kind"].ToString();
        var model = new RulesModel
        {
            Documents = await reader.Documents(cancel),
            Kind = DashboardReader.Kinds.Contains(kind) ? kind : DashboardReader.Kinds[0],
            Name = form["name"].ToString().Trim(),
            Version = int.TryParse(form["version"], out var version) && version > 0 ? version : 0,
            Content = form["content"].ToString(),
            User = form["user"].ToString().Trim(),
            Scenario = form["scenario"].ToString().Trim() is { Length: > 0 } scenario ? scenario : "home",
            Item = form["item"].ToString().Trim(),
            MaySave = session.IsAdmin,
        };
        try
        {
            var action = form["action"].ToString();
            if (action is not ("save" or "delete")) return await Page(200, model with { DryRun = await reader.DryRun(model, cancel) }, session);
            if (!session.IsAdmin) return await Page(403, model with { Problem = "Saving and deleting needs an administrator's key." }, session);
            if (action == "delete")
            {
                if (!await desk.DeleteDocument(model.Kind, model.Name, model.Version, cancel)) return await Page(409, model with { Problem = Changed }, session);
                return Results.Redirect("/dashboard/rules?done=deleted");
            }

            if (await desk.PutDocument(model.Kind, model.Name, model.Content, model.Version, cancel) is null) return await Page(409, model with { Problem = Changed }, session);
            return Results.Redirect($"/dashboard/rules?kind={Uri.EscapeDataString(model.Kind)}&name={Uri.EscapeDataString(model.Name)}&done=saved");
        }
        catch (InputException e)
        {
            return await Page(400, model with { Problem = e.Message }, session);
        }
    }

    private const string Changed = "Somebody else changed this meanwhile, or made one of this name. Your text is below; load the page anew to see theirs.";

    private Task<IResult> Page(int status, RulesModel model, DashboardSession session, string? notice = null) =>
        PageRenderer.Page<RulesPage>(status, ("Model", model), ("Scenarios", desk.Scenarios), ("Notice", notice), ("Session", session));
}
