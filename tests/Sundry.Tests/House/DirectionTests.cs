using System.Reflection;
using System.Xml.Linq;

namespace Sundry.Tests.House;

/// <summary>Which room may see which: one direction, from arithmetic and data towards the front door.</summary>
public sealed class DirectionTests
{
    private static readonly Dictionary<string, string[]> s_declared = new()
    {
        ["Sundry.Compute"] = [],
        ["Sundry.Data"] = [],
        ["Sundry.Models"] = ["Sundry.Compute", "Sundry.Data"],
        ["Sundry.Training"] = ["Sundry.Models"],
        ["Sundry.Serving"] = ["Sundry.Training"],
        ["Sundry.Simulator"] = ["Sundry.Data"],
        ["Sundry.Cli"] = ["Sundry.Serving", "Sundry.Simulator"],
    };

    public static TheoryData<string> Rooms => [.. s_declared.Keys];

    [Fact]
    public void The_rooms_are_the_seven() =>
        Assert.Equal(s_declared.Keys.Order(StringComparer.Ordinal), Checkout.Projects);

    [Theory, MemberData(nameof(Rooms))]
    public void A_room_declares_the_references_of_the_design(string room) =>
        Assert.Equal(s_declared[room], Project(room).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value)).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Rooms))]
    public void A_built_room_refers_only_to_rooms_that_it_may_see(string room)
    {
        var assembly = Assembly.Load(room == "Sundry.Cli" ? "sundry" : room);
        var rooms = assembly.GetReferencedAssemblies().Select(a => a.Name!).Where(n => n.StartsWith("Sundry.", StringComparison.Ordinal));
        Assert.Empty(rooms.Except(Visible(room)));
    }

    [Theory, MemberData(nameof(Rooms))]
    public void Only_compute_has_unsafe_code(string room)
    {
        var allowed = Project(room).Descendants("AllowUnsafeBlocks").Any(e => e.Value == "true");
        Assert.Equal(room == "Sundry.Compute", allowed);
    }

    [Theory, MemberData(nameof(Rooms))]
    public void Only_serving_has_a_web_framework_a_database_driver_or_telemetry(string room)
    {
        if (room is "Sundry.Serving" or "Sundry.Cli") return;     // the front door starts what serving offers
        var project = Project(room);
        string[] names =
        [
            project.Root!.Attribute("Sdk")!.Value,
            .. project.Descendants("FrameworkReference").Concat(project.Descendants("PackageReference")).Select(r => r.Attribute("Include")!.Value),
            .. Assembly.Load(room).GetReferencedAssemblies().Select(a => a.Name!),
        ];
        Assert.DoesNotContain(names, n => n.Contains("AspNetCore", StringComparison.Ordinal) || n.Contains("Sdk.Web", StringComparison.Ordinal)
            || n.Contains("Sqlite", StringComparison.OrdinalIgnoreCase) || n.StartsWith("Npgsql", StringComparison.Ordinal) || n.StartsWith("OpenTelemetry", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = XDocument.Load(Checkout.Of("Sundry.slnx")).Descendants("Project").Select(p => p.Attribute("Path")!.Value);
        Assert.Equal(Checkout.Files("*.csproj").Order(StringComparer.Ordinal), solution.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Visible(string room) => s_declared[room].SelectMany(r => Visible(r).Append(r)).Distinct();

    private static XDocument Project(string room) => XDocument.Load(Checkout.Of("src", room, room + ".csproj"));
}
