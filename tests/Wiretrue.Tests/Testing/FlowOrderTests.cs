using Wiretrue.Testing.Synthesis.Flows;

namespace Wiretrue.Tests.Testing;

public sealed class FlowOrderTests
{
    private static readonly byte[] A = [1], B = [2], C = [3];

    private readonly FlowOrder _order = new();

    public FlowOrderTests()
    {
        _order.Expect(new FlowFrame(0, A));
        _order.Expect(new FlowFrame(1, C));
        _order.Expect(new FlowFrame(0, B));
        _order.Expect(new FlowFrame(0, B));
    }

    [Fact]
    public void Flows_may_overtake_one_another()
    {
        foreach (byte[] frame in (byte[][])[A, B, B, C])
            _order.Arrive(frame);
        Assert.Equal(0, _order.Outstanding);
    }

    [Fact]
    public void Frames_of_a_flow_may_not()
    {
        Assert.Contains("1 frames before it", Assert.Throws<InvalidDataException>(() => _order.Arrive(B)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_doubled_or_changed_frame_is_not_expected()
    {
        _order.Arrive(A);
        Assert.Throws<InvalidDataException>(() => _order.Arrive(A));
        Assert.Throws<InvalidDataException>(() => _order.Arrive([1, 2]));
    }

    [Fact]
    public void A_lost_frame_stays_outstanding()
    {
        _order.Arrive(A);
        _order.Arrive(B);
        _order.Arrive(B);
        Assert.Equal(1, _order.Outstanding);
    }
}
