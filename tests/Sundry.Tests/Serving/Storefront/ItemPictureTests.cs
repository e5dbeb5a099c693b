using System.Xml.Linq;
using Sundry.Serving;
using Sundry.Simulator;

namespace Sundry.Tests.Serving;

public sealed class ItemPictureTests
{
    [Fact]
    public void Every_category_of_the_simulated_shop_has_a_drawing()
    {
        using var folder = new TemporaryFolder();
        var options = new ShopLogOptions { Events = 2000 };
        options.Shop.Users = 50;
        options.Shop.Items = 60;
        LogFolder.Write(options, folder.Path("shop"), null, default);
        var rows = File.ReadAllLines(folder.Path("shop/items.csv")).Select(r => r.Split(',')).ToList();
        var column = Array.IndexOf(rows[0], "category");
        Assert.Empty(rows.Skip(1).Select(r => r[column]).Distinct().Except(Motifs.Known));
    }

    [Fact]
    public void Pictures_are_whole_the_same_every_time_and_of_their_own()
    {
        var drawn = new HashSet<string>();
        foreach (var category in Motifs.Known.Append("unknown").Append("<x>"))
            foreach (var item in new[] { "i1", "i2", "<&\"" })
            {
                var picture = ItemPicture.Draw(item, category, "red");
                XElement.Parse(picture);
                Assert.Equal(picture, ItemPicture.Draw(item, category, "red"));
                Assert.True(drawn.Add(picture) || category is "<x>" or "unknown");
            }
    }
}
