using System.Text;
using Wiretrue.Captures.Explanation;
using Wiretrue.Captures.Formats;
using Wiretrue.Captures.Repair;
using Wiretrue.Devices.Models;
using Wiretrue.Testing;
using Wiretrue.Testing.Skipping;
using Wiretrue.Tool.Commands;
using Wiretrue.Tool.Output;
using Wiretrue.Tool.Tests.Running;

namespace Wiretrue.Tool.Tests.Explaining;

/// <summary>
/// One packet of each artefact in captures made by others, on four devices, as text and as JSON: each file was read and found true when it was written.
/// </summary>
public sealed class ExplainCorpusTests
{
    private static readonly string[] Devices = ["wire", "card", "card-ipv4", "virtio"];

    public static TheoryData<string, string, int> Packets => new()
    {
        { "half-made-tcp4", "tcpdump__mptcp-aa-v1.pcap", 3 },
        { "half-made-tcp6", "PcapFlowLab__ipv6_tls_constricted_1.pcap", 1 },
        { "half-made-udp4", "tcpdump__mptcp-aa-v1.pcap", 1 },
        { "half-made-udp6", "PcapFlowLab__ipv6_quic_constricted_1.pcap", 1 },
        { "good", "trex-core__jumbo.pcap", 1 },
        { "super-frame-tcp4", "nDPI__ipp.pcap", 29 },
        { "super-frame-tcp6", "PcapFlowLab__ipv6_tls_constricted_1.pcap", 4 },
        { "merged-vlan", "nDPI__ultrasurf.pcap", 1 },
        { "super-datagram-udp4", "own/udpgso4_veth.pcap", 1 },
        { "super-datagram-udp6", "PcapFlowLab__ipv6_quic_constricted_1.pcap", 7 },
        { "windows-lso", "packetnet__ipv4_tso_frame.pcap", 1 },
        { "windows-lso-with-length", "zeek__kerberos_tso.pcapng", 20 },
        { "windows-rsc", "PcapFlowLab__http_partial_response_4.pcap", 6 },
        { "lro-valid", "zeek__concurrent-range-requests.pcap", 19 },
        { "big-tcp4", "tcpdump__bigtcp-ipv4.pcap", 1 },
        { "big-tcp6", "tcpdump__bigtcp-ipv6-hbh.pcap", 1 },
        { "big-tcp-vxlan", "tcpdump__bigtcp-ipv6-vxlan-ipv4.pcap", 1 },
        { "super-frame-vxlan", "tcpdump__gso-ipv4-vxlan-ipv4.pcap", 1 },
        { "super-frame-geneve", "tcpdump__gso-ipv6-geneve-ipv6.pcap", 1 },
        { "half-made-geneve", "zeek__geneve-tagged-udp-packet.pcap", 1 },
        { "half-made-outer", "nDPI__vxlan.pcap", 3 },
        { "half-made-gtp", "open5gs__testattach.pcapng", 75 },
        { "half-made-gre", "zeek__erspan.pcap", 97 },
        { "sctp-zero", "open5gs__testattach.pcapng", 23 },
        { "sctp-adler32", "tcpdump__isup.pcap", 1 },
        { "ipv4-header-zero", "PcapPlusPlus__raw_ip.pcap", 53 },
        { "rewritten", "nDPI__zabbix.pcap", 12 },
        { "rewritten-half-made", "zeek__reverse-ssh.pcap", 4 },
        { "snapped", "PcapPlusPlus__pcapng-example.pcapng", 61 },
        { "snapped-super-datagram", "PcapFlowLab__ipv6_quic_constricted_1.pcap", 13 },
        { "jumbo", "trex-core__jumbo.pcap", 16 },
        { "loopback-large", "gopacket__test_loopback.pcap", 4 },
        { "trailer", "nDPI__citrix.pcap", 1 },
        { "corrupt", "suricata-verify__detect-chksum-01__input.pcap", 1 },
        { "corrupt-ipv4-header", "tcpreplay__test__test.pcap", 11 },
        { "corrupt-behind-routing", "zeek__ip6-route0-udp-bad-chksum.pcap", 1 },
        { "half-made-atomic-fragment", "zeek__ipv6-http-atomic-frag.pcap", 7 },
        { "fragment", "zeek__dns-edns-ecs.pcap", 53 },
        { "pppoe-contradiction", "zeek__pppoe-over-qinq.pcap", 19 },
        { "nflog-super-frame", "zeek__nflog-http.pcap", 8 },
        { "cooked2-super-frame", "ptcpdump__tfo.pcap", 4 },
        { "unknown-link", "packetnet__80211_plus_radiotap_header.pcap", 48 },
    };

    [CorpusTheory]
    [MemberData(nameof(Packets))]
    public void The_walk_is_the_one_that_was_found_true(string artefact, string file, int frame)
    {
        var text = new StringBuilder();
        using var json = new MemoryStream();
        foreach (string name in Devices)
        {
            var request = new ExplainRequest
            {
                Input = file,
                Frame = frame,
                Device = NamedDevice.Of(DeviceModels.Create(name)!),
                Switches = [],
                Changes = [],
            };
            using CaptureReader reader = CaptureReader.Open(Corpus.PathOf(file));
            PacketExplanation explanation = CaptureExplainer.Explain(reader, frame, request.Device.Device, new RepairOptions())!;
            string whole = ExplainText.Of(file, request, explanation);
            // What the packet is stands at the top once; it is the same for every device.
            text.Append(text.Length == 0 ? whole : whole[whole.IndexOf("device ", StringComparison.Ordinal)..]);
            ExplainJson.Write(json, file, request, explanation);
        }

        Golden.Matches($"explain/{artefact}.txt", text.ToString());
        Golden.Matches($"explain/{artefact}.json", Encoding.UTF8.GetString(json.ToArray()));
    }
}
