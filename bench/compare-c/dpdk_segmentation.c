// DPDK's side of `bench/compare segmentation`: cuts super-frames with rte_gso_segment, and takes the checksums of the segments with DPDK's
// own functions, as a program without a card that takes them has to. It stays alive between runs and is told what to do on its standard input:
//
//   frame KIND OUTER_L2 OUTER_L3 L2 L3 L4 SIZE LENGTH\n   and LENGTH bytes: cut this from now on, into segments of SIZE bytes, headers included
//   run SUMS TIMES\n                                      answers: NANOSECONDS SEGMENTS DIGEST\n
//
// KIND is tcp4, udp4 or vxlan; lengths are as in struct rte_mbuf. A run is, TIMES over: cut, take the checksums if SUMS is 1, free the segments.
// The digest is of all bytes of the segments of one further turn, which is not timed: both sides of the comparison must have made the same frames.
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <rte_eal.h>
#include <rte_ethdev.h>
#include <rte_gso.h>
#include <rte_ip.h>
#include <rte_mbuf.h>
#include <rte_tcp.h>
#include <rte_udp.h>

enum {
    MAX_SEGMENTS = 256,
    POOL_SIZE = 1023,
    POOL_CACHE = 256,
    HEADER_ROOM = RTE_PKTMBUF_HEADROOM + 256,
    WHOLE_ROOM = UINT16_MAX,
};

static struct rte_gso_ctx context;
static struct rte_mbuf *frame;
static uint64_t frame_flags;
static struct rte_mbuf *segments[MAX_SEGMENTS];

__attribute__((noreturn)) static void fail(const char *what)
{
    fprintf(stderr, "dpdk_segmentation: %s\n", what);
    exit(1);
}

static struct rte_mempool *pool(const char *name, unsigned count, unsigned cache, uint16_t room)
{
    struct rte_mempool *made = rte_pktmbuf_pool_create(name, count, cache, 0, room, SOCKET_ID_ANY);
    if (made == NULL)
        fail("no room for a pool of mbufs");
    return made;
}

static void sum_ipv4(struct rte_ipv4_hdr *ip)
{
    ip->hdr_checksum = 0;
    ip->hdr_checksum = rte_ipv4_cksum(ip);
}

// The headers of a segment are in its first mbuf, the payload is in the second.
static void sum_transport(struct rte_mbuf *segment, uint16_t network, uint16_t transport)
{
    struct rte_ipv4_hdr *ip = rte_pktmbuf_mtod_offset(segment, struct rte_ipv4_hdr *, network);
    sum_ipv4(ip);
    uint16_t offset = ip->next_proto_id == IPPROTO_TCP ? offsetof(struct rte_tcp_hdr, cksum) : offsetof(struct rte_udp_hdr, dgram_cksum);
    uint16_t *field = rte_pktmbuf_mtod_offset(segment, uint16_t *, transport + offset);
    *field = 0;
    *field = rte_ipv4_udptcp_cksum_mbuf(segment, ip, transport);
}

static int cut(int sums)
{
    uint16_t network = frame->outer_l2_len + frame->outer_l3_len + frame->l2_len;
    uint16_t transport = network + frame->l3_len;
    int fragments = (frame_flags & RTE_MBUF_F_TX_UDP_SEG) != 0;

    // What rte_gso_segment calls UDP's is IP fragmentation: one checksum, taken over the whole datagram before.
    if (sums && fragments)
        sum_transport(frame, network, transport);
    frame->ol_flags = frame_flags; // rte_gso_segment takes the request off.
    int count = rte_gso_segment(frame, &context, segments, MAX_SEGMENTS);
    if (count <= 0)
        fail("rte_gso_segment refused the frame");
    for (int i = 0; sums && i < count; i++) {
        if (frame->outer_l3_len != 0)
            sum_ipv4(rte_pktmbuf_mtod_offset(segments[i], struct rte_ipv4_hdr *, frame->outer_l2_len));
        if (fragments)
            sum_ipv4(rte_pktmbuf_mtod_offset(segments[i], struct rte_ipv4_hdr *, network));
        else
            sum_transport(segments[i], network, transport);
    }
    return count;
}

static void read_frame(void)
{
    char kind[8];
    unsigned outer_l2, outer_l3, l2, l3, l4, size, length;
    if (scanf(" %7s %u %u %u %u %u %u %u", kind, &outer_l2, &outer_l3, &l2, &l3, &l4, &size, &length) != 8 || getchar() != '\n')
        fail("frame: eight words are wanted");
    rte_pktmbuf_reset(frame);
    if (size > UINT16_MAX || length > rte_pktmbuf_tailroom(frame) || fread(rte_pktmbuf_append(frame, length), 1, length, stdin) != length)
        fail("frame: the bytes do not fit or do not come");
    frame->outer_l2_len = outer_l2;
    frame->outer_l3_len = outer_l3;
    frame->l2_len = l2;
    frame->l3_len = l3;
    frame->l4_len = l4;
    context.gso_size = size;
    frame_flags = RTE_MBUF_F_TX_IPV4 | (strcmp(kind, "udp4") == 0 ? RTE_MBUF_F_TX_UDP_SEG : RTE_MBUF_F_TX_TCP_SEG);
    if (strcmp(kind, "vxlan") == 0)
        frame_flags |= RTE_MBUF_F_TX_OUTER_IPV4 | RTE_MBUF_F_TX_TUNNEL_VXLAN;
}

// FNV-1a.
static uint64_t digest(int count)
{
    uint64_t hash = 0xCBF29CE484222325;
    for (int i = 0; i < count; i++) {
        for (struct rte_mbuf *part = segments[i]; part != NULL; part = part->next) {
            const uint8_t *bytes = rte_pktmbuf_mtod(part, const uint8_t *);
            for (unsigned at = 0; at < part->data_len; at++)
                hash = (hash ^ bytes[at]) * 0x100000001B3;
        }
    }
    return hash;
}

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

static void run(void)
{
    int sums;
    long times;
    if (scanf("%d %ld", &sums, &times) != 2)
        fail("run: two numbers are wanted");
    int64_t start = now();
    for (long i = 0; i < times; i++)
        rte_pktmbuf_free_bulk(segments, cut(sums));
    int64_t elapsed = now() - start;

    int count = cut(sums);
    printf("%" PRId64 " %d %016" PRIx64 "\n", elapsed, count, digest(count));
    fflush(stdout);
    rte_pktmbuf_free_bulk(segments, count);
}

int main(int argc, char **argv)
{
    if (rte_eal_init(argc, argv) < 0)
        fail("the environment abstraction layer does not start");
    context.direct_pool = pool("direct", POOL_SIZE, POOL_CACHE, HEADER_ROOM);
    context.indirect_pool = pool("indirect", POOL_SIZE, POOL_CACHE, 0);
    context.gso_types = RTE_ETH_TX_OFFLOAD_TCP_TSO | RTE_ETH_TX_OFFLOAD_UDP_TSO | RTE_ETH_TX_OFFLOAD_VXLAN_TNL_TSO;
    frame = rte_pktmbuf_alloc(pool("whole", 1, 0, WHOLE_ROOM));
    if (frame == NULL)
        fail("no mbuf for the frame");

    char command[8];
    while (scanf("%7s", command) == 1) {
        if (strcmp(command, "frame") == 0)
            read_frame();
        else if (strcmp(command, "run") == 0)
            run();
        else
            fail("no such command");
    }
    return 0;
}
