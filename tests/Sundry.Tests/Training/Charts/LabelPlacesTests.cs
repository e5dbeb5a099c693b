using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class LabelPlacesTests
{
    [Fact]
    public void Words_stand_to_the_right_where_there_is_room_and_to_the_left_at_the_edge()
    {
        var places = new LabelPlaces([(100, 100), (350, 150)]);
        Assert.Equal("start", places.Find(100, 100, "mmoe")!.Value.Anchor);
        Assert.Equal("end", places.Find(350, 150, "mmoe")!.Value.Anchor);
    }

    [Fact]
    public void Words_cover_neither_other_words_nor_dots()
    {
        // two models that do nearly the same
        var places = new LabelPlaces([(200, 100), (203, 102)]);
        var first = places.Find(200, 100, "shared_bottom")!.Value;
        var second = places.Find(203, 102, "ple")!.Value;
        Assert.True(second.Anchor != first.Anchor || Math.Abs(first.Y - second.Y) >= 12);
    }

    [Fact]
    public void Where_there_is_no_room_there_are_no_words()
    {
        var crowd = Enumerable.Range(0, 50).SelectMany(x => Enumerable.Range(0, 30).Select(y => (8.0 * x, 8.0 * y))).ToList();
        Assert.Null(new LabelPlaces(crowd).Find(200, 100, "mmoe"));
    }
}
