using System.Runtime.CompilerServices;
using Wiretrue.Checksums;
using Wiretrue.Headers;
using Wiretrue.Packets;

namespace Wiretrue.Receive;

/// <summary>
/// What is known of the checksums of one packet while its layers are judged from the outside in: the checksum members of
/// <c>struct napi_gro_cb</c> (net/gro.h).
/// </summary>
/// <remarks>
/// Three things can spare the summing, and once they are used up the bytes are summed, once for all layers together:
/// <code>
///   Unnecessary, level n     n + 1 checksums are good: each layer that has one uses up one      csum_cnt
///   Complete                 the sum from somewhere to the end: headers are taken out of it     csum_valid, csum
///   Partial                  what is owed lies further in: nothing before it can be checked     csum_start
/// </code>
/// A sum comes about in three ways: the device gave it (Complete); a checksum was verified, so all that it covers sums up to the complement of
/// its pseudo-header (<see cref="Convert"/>); or the bytes were summed here. One of the first two that does not fit is not believed: the bytes
/// are summed then, and if that fits, the device is at fault (<see cref="HasDeviceFault"/>).
/// <para>Offsets count from the packet's first byte. All bytes up to the end of a layer must be there.</para>
/// </remarks>
internal struct LayerChecksums
{
    /// <summary>The most verified layers that are counted, minus one (<c>SKB_MAX_CSUM_LEVEL</c>).</summary>
    public const int MaxLevel = 3;

    private const int None = -1;

    private byte _trusted;
    private byte _verified;
    private bool _isOwnSum;
    private ushort _sum;
    private int _sumStart;
    private int _sumEnd;
    private int _owedStart;
    private int _owedEnd;
    private int _remoteStart;

    /// <summary>The checksum that the device vouched for, or whose sum it gave, was good, but its sum was not (<c>netdev_rx_csum_fault</c>).</summary>
    public bool HasDeviceFault { get; private set; }

    /// <summary>There is a sum to the packet's end: the next checksum costs no more than the headers before it (<c>csum_valid</c>).</summary>
    public readonly bool HasSum => _sumStart != None;

    /// <summary>The sum is of bytes that were read here, not a word of the device.</summary>
    public readonly bool IsOwnSum => HasSum && _isOwnSum;

    /// <summary>Checksums that were found good, beside those that the device answered for.</summary>
    public readonly int Verified => _verified;

    /// <summary>Checksums that the device verified and that no layer has used up yet (<c>csum_cnt</c>).</summary>
    public readonly int Trusted => _trusted;

    /// <summary>Begins with what the device said of <paramref name="packet"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LayerChecksums Of(Packet packet)
    {
        var layers = new LayerChecksums { _sumStart = None, _owedStart = None, _remoteStart = None };
        OffloadState offload = packet.Offload;
        if (offload.Checksum != ChecksumState.None)
            layers.Take(offload, packet);
        return layers;
    }

    /// <summary>True when the checksum of a layer that begins at <paramref name="start"/> has to be looked at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool IsNeeded(int start) => _trusted == 0 && _owedStart < start && _remoteStart != start;

    /// <summary>
    /// Judges the Internet checksum of a layer (<c>skb_gro_checksum_validate</c>). A layer that is good counts as verified from then on.
    /// </summary>
    /// <param name="packet">The packet.</param>
    /// <param name="start">Where the layer begins.</param>
    /// <param name="end">One past the last byte that its checksum covers.</param>
    /// <param name="pseudo">Sum of the pseudo-header, folded, not inverted; 0 for a checksum without one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Validate(Packet packet, int start, int end, ushort pseudo) => Validate(packet, start, end, 0, pseudo);

    /// <summary>
    /// As <see cref="Validate(Packet, int, int, ushort)"/>, where the addresses of the pseudo-header lie right before the layer, as they do
    /// behind an IP header without options: one sum over both is all there is to do.
    /// </summary>
    /// <param name="packet">The packet.</param>
    /// <param name="start">Where the layer begins.</param>
    /// <param name="end">One past the last byte that its checksum covers.</param>
    /// <param name="addresses">Bytes of addresses before <paramref name="start"/>: 8, 32, or 0 for none; an even number.</param>
    /// <param name="pseudo">Sum of the rest of the pseudo-header: protocol and length.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Validate(Packet packet, int start, int end, int addresses, ushort pseudo)
    {
        if (!IsNeeded(start))
        {
            Count();
            return true;
        }
        return Sum(packet, start - addresses, end, pseudo);
    }

    /// <summary>Judges the CRC32c of SCTP, which shares nothing with the sums but the device's word (<c>sctp_rcv</c>).</summary>
    public bool ValidateCrc32C(Packet packet, int start, int end)
    {
        if (IsNeeded(start))
        {
            packet.Linearize();
            if (!SctpHeader.TryCreate(packet.Linear[start..end], out SctpHeader sctp)
                || sctp.Checksum != TransportChecksum.SctpHash(packet.Linear[start..end]))
            {
                return false;
            }
        }
        Count();
        return true;
    }

    /// <summary>
    /// A UDP header that says that it has no checksum, where that is allowed: it uses up a level as well, for a device counts it among those
    /// that it verified.
    /// </summary>
    public void Skip() => Count();

    /// <summary>
    /// Draws what can be drawn from a checksum that was just found good: from its first byte to <paramref name="end"/>, the packet sums up to the
    /// complement of <paramref name="pseudo"/> (<c>skb_gro_checksum_try_convert</c>). For UDP whose checksum is not 0, and for GRE's.
    /// </summary>
    public void Convert(int start, int end, ushort pseudo)
    {
        // What is owed is not in the bytes yet, so they do not sum up to that.
        if (_trusted != 0 || HasSum || _owedStart >= start)
            return;
        _sum = (ushort)~pseudo;
        _sumStart = start;
        _sumEnd = end;
        _isOwnSum = false;
    }

    /// <summary>
    /// The layer that begins at <paramref name="start"/> was sent half-made, and an outer checksum protects it: there is nothing to check
    /// (remote checksum offload, <c>gro_remcsum_start</c>).
    /// </summary>
    public void Excuse(int start) => _remoteStart = start;

    /// <summary>
    /// From now on the checksum of the layer at <paramref name="start"/> is owed, as if the packet had come so: what remote checksum offload
    /// makes of a packet without reading it (<c>skb_remcsum_adjust_partial</c>). The device's words are used up with it.
    /// </summary>
    /// <param name="start">Where to sum from.</param>
    /// <param name="fieldEnd">One past the field's last byte.</param>
    public void Owe(int start, int fieldEnd)
    {
        _trusted = 0;
        _owedStart = start;
        _owedEnd = fieldEnd;
    }

    /// <summary>
    /// True when the field of a checksum that is owed, at <paramref name="start"/> or further in, does not end before <paramref name="end"/>: who
    /// cuts the packet there leaves a debt that nobody can pay (<c>pskb_trim_rcsum_slow</c>).
    /// </summary>
    public readonly bool IsOwedBeyond(int start, int end) => _owedStart >= start && _owedEnd > end;

    /// <summary>Forgets a sum that is only a device's word: what is judged next is less than it covers (<c>udplite_checksum_init</c>).</summary>
    public void ForgetDeviceSum()
    {
        if (!_isOwnSum)
            _sumStart = None;
    }

    /// <summary>A covered 16-bit word was overwritten: the sum follows (<c>skb_gro_remcsum_process</c>).</summary>
    public void Rewrite(ushort oldWord, ushort newWord, int offset)
    {
        if (HasSum && offset >= _sumStart && offset < _sumEnd)
            _sum = InternetChecksum.Combine(_sum, InternetChecksum.Subtract(newWord, oldWord), offset - _sumStart);
    }

    /// <summary>The sum from <paramref name="start"/> to <paramref name="end"/>; false when none is known.</summary>
    public bool TryGetSum(Packet packet, int start, int end, out ushort sum)
    {
        bool isKnown = HasSum && start >= _sumStart && end <= _sumEnd;
        sum = isKnown ? Narrow(packet, start, end) : (ushort)0;
        return isKnown;
    }

    /// <summary>
    /// The state of the packet as it was received, with all that was found good counted in, so that nobody need look again
    /// (<c>skb_gro_incr_csum_unnecessary</c>).
    /// </summary>
    public readonly OffloadState Whole(in OffloadState offload)
    {
        if (_verified == 0 || offload.Checksum is ChecksumState.Complete or ChecksumState.Partial)
            return offload;
        int level = offload.Checksum == ChecksumState.Unnecessary ? offload.ChecksumLevel + _verified : _verified - 1;
        return offload with { Checksum = ChecksumState.Unnecessary, ChecksumLevel = (byte)Math.Min(level, MaxLevel) };
    }

    /// <summary>
    /// The state of what lies inside of the layers that were judged, once those are pulled: levels that are left, or the sum
    /// (<c>__skb_decr_checksum_unnecessary</c>, <c>__skb_checksum_convert</c>).
    /// </summary>
    /// <param name="packet">The packet, with the outer layers still on it.</param>
    /// <param name="inside">Where the inner packet begins.</param>
    /// <param name="end">One past its last byte: what follows will be trimmed.</param>
    public OffloadState Inner(Packet packet, int inside, int end)
    {
        OffloadState offload = packet.Offload;
        if (_owedStart >= inside)
            return offload;
        OffloadState bare = offload with { Checksum = ChecksumState.None, ChecksumLevel = 0, ChecksumStart = 0, ChecksumOffset = 0, CompleteSum = 0 };
        if (_trusted > 0)
            return bare with { Checksum = ChecksumState.Unnecessary, ChecksumLevel = (byte)(_trusted - 1) };
        return TryGetSum(packet, inside, end, out ushort sum)
            ? bare with { Checksum = ChecksumState.Complete, ChecksumStart = inside, CompleteSum = sum }
            : bare;
    }

    private void Take(in OffloadState offload, Packet packet)
    {
        switch (offload.Checksum)
        {
            case ChecksumState.Unnecessary:
                _trusted = (byte)(offload.ChecksumLevel + 1);
                break;
            case ChecksumState.Complete:
                _sum = offload.CompleteSum;
                _sumStart = offload.ChecksumStart;
                _sumEnd = packet.Length;
                break;
            case ChecksumState.Partial:
                _owedStart = offload.ChecksumStart;
                _owedEnd = offload.ChecksumStart + offload.ChecksumOffset + (offload.ChecksumIsCrc32C ? sizeof(uint) : sizeof(ushort));
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Count()
    {
        if (_trusted > 0)
            _trusted--;
        else
            _verified++;
    }

    private bool Sum(Packet packet, int start, int end, ushort pseudo)
    {
        bool isKnown = HasSum && start >= _sumStart && end <= _sumEnd;
        if (isKnown)
        {
            bool fits = InternetChecksum.Add(Narrow(packet, start, end), pseudo) == 0xFFFF;
            // Bytes that were summed here need no second opinion.
            if (fits || _isOwnSum)
            {
                _verified += fits ? (byte)1 : (byte)0;
                return fits;
            }
        }
        _sum = end <= packet.LinearLength ? InternetChecksum.Sum(packet.Linear[start..end]) : packet.Sum(start, end - start);
        _sumStart = start;
        _sumEnd = end;
        _isOwnSum = true;
        bool isGood = InternetChecksum.Add(_sum, pseudo) == 0xFFFF;
        HasDeviceFault |= isGood && isKnown;
        _verified += isGood ? (byte)1 : (byte)0;
        return isGood;
    }

    /// <summary>Takes what is before and behind a layer out of the sum, which covers that as well.</summary>
    private ushort Narrow(Packet packet, int start, int end)
    {
        int pulled = start - _sumStart;
        if (pulled != 0)
        {
            // After an odd number of bytes the rest has its bytes in the other halves of the words.
            ushort rest = InternetChecksum.Subtract(_sum, packet.Sum(_sumStart, pulled));
            _sum = InternetChecksum.Combine(0, rest, pulled);
            _sumStart = start;
        }
        if (end != _sumEnd)
        {
            ushort tail = InternetChecksum.Combine(0, packet.Sum(end, _sumEnd - end), end - start);
            _sum = InternetChecksum.Subtract(_sum, tail);
            _sumEnd = end;
        }
        return _sum;
    }
}
