// DPDK's side of `bench/compare coalescing`: merges bursts of frames with rte_gro_reassemble_burst, and verifies their checksums before with
// DPDK's own functions, as a program whose card does not has to. It stays alive between runs and is told what to do on its standard input:
//
//   frames COUNT L2 L3 L4 LENGTH\n   and COUNT times LENGTH bytes: this is the burst from now on; lengths are as in struct rte_mbuf
//   run SUMS TIMES\n                  answers: NANOSECONDS PACKETS DIGEST\n
//
// A run is, TIMES over: verify if SUMS is 1, merge. Only this is timed: filling in the mbufs, which a driver does, and taking the merged ones
// apart again is not. The digest is of the payload bytes of what one further burst was merged to, whatever the packets' order.
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <rte_eal.h>
#include <rte_gro.h>
#include <rte_ip.h>
#include <rte_mbuf.h>

enum {
    MAX_FRAMES = RTE_GRO_MAX_BURST_ITEM_NUM,
    MAX_HEADERS = 128,
    FRAME_ROOM = RTE_PKTMBUF_HEADROOM + 2048,
};

static struct rte_mbuf *frames[MAX_FRAMES];
static uint8_t headers[MAX_FRAMES][MAX_HEADERS];
static struct rte_mbuf *burst[MAX_FRAMES];
static unsigned frame_count, l2, l3, l4, frame_length;

__attribute__((noreturn)) static void fail(const char *what)
{
    fprintf(stderr, "dpdk_coalescing: %s\n", what);
    exit(1);
}

static void read_frames(void)
{
    if (scanf(" %u %u %u %u %u", &frame_count, &l2, &l3, &l4, &frame_length) != 5 || getchar() != '\n')
        fail("frames: five words are wanted");
    if (frame_count > MAX_FRAMES || l2 + l3 + l4 > MAX_HEADERS || frame_length > FRAME_ROOM - RTE_PKTMBUF_HEADROOM)
        fail("frames: there is no room for as many, or as long ones");
    for (unsigned i = 0; i < frame_count; i++) {
        rte_pktmbuf_reset(frames[i]);
        uint8_t *bytes = rte_pktmbuf_mtod(frames[i], uint8_t *);
        if (fread(bytes, 1, frame_length, stdin) != frame_length)
            fail("frames: the bytes do not come");
        memcpy(headers[i], bytes, l2 + l3 + l4);
    }
}

// As a driver hands a frame up that came in one mbuf: headers are told, checksums are not.
static void receive(void)
{
    for (unsigned i = 0; i < frame_count; i++) {
        struct rte_mbuf *frame = frames[i];
        rte_pktmbuf_reset(frame);
        frame->data_len = frame_length;
        frame->pkt_len = frame_length;
        frame->l2_len = l2;
        frame->l3_len = l3;
        frame->l4_len = l4;
        frame->packet_type = RTE_PTYPE_L2_ETHER | RTE_PTYPE_L3_IPV4 | RTE_PTYPE_L4_TCP;
        memcpy(rte_pktmbuf_mtod(frame, void *), headers[i], l2 + l3 + l4);
        burst[i] = frame;
    }
}

static void verify(void)
{
    for (unsigned i = 0; i < frame_count; i++) {
        struct rte_ipv4_hdr *ip = rte_pktmbuf_mtod_offset(burst[i], struct rte_ipv4_hdr *, l2);
        if (rte_raw_cksum(ip, l3) != 0xFFFF || rte_ipv4_udptcp_cksum_verify(ip, (uint8_t *)ip + l3) != 0)
            fail("a checksum is wrong");
    }
}

static const struct rte_gro_param parameters = {
    .gro_types = RTE_GRO_TCP_IPV4,
    .max_flow_num = MAX_FRAMES,
    .max_item_per_flow = MAX_FRAMES,
};

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

// The sum of FNV-1a over the payload of each packet, as the order among flows is of no account.
static uint64_t digest(unsigned packets)
{
    uint64_t sum = 0;
    for (unsigned i = 0; i < packets; i++) {
        uint64_t hash = 0xCBF29CE484222325;
        unsigned skip = l2 + l3 + l4;
        for (struct rte_mbuf *part = burst[i]; part != NULL; part = part->next) {
            const uint8_t *bytes = rte_pktmbuf_mtod(part, const uint8_t *);
            for (unsigned at = skip; at < part->data_len; at++)
                hash = (hash ^ bytes[at]) * 0x100000001B3;
            skip = 0;
        }
        sum += hash;
    }
    return sum;
}

static void run(void)
{
    int sums;
    long times;
    if (scanf("%d %ld", &sums, &times) != 2)
        fail("run: two numbers are wanted");
    int64_t elapsed = 0;
    for (long i = 0; i < times; i++) {
        receive();
        int64_t start = now();
        if (sums)
            verify();
        rte_gro_reassemble_burst(burst, frame_count, &parameters);
        elapsed += now() - start;
    }

    receive();
    unsigned packets = rte_gro_reassemble_burst(burst, frame_count, &parameters);
    printf("%" PRId64 " %u %016" PRIx64 "\n", elapsed, packets, digest(packets));
    fflush(stdout);
}

int main(int argc, char **argv)
{
    if (rte_eal_init(argc, argv) < 0)
        fail("the environment abstraction layer does not start");
    struct rte_mempool *pool = rte_pktmbuf_pool_create("frames", MAX_FRAMES, 0, 0, FRAME_ROOM, SOCKET_ID_ANY);
    if (pool == NULL || rte_pktmbuf_alloc_bulk(pool, frames, MAX_FRAMES) != 0)
        fail("no room for the frames");

    char command[8];
    while (scanf("%7s", command) == 1) {
        if (strcmp(command, "frames") == 0)
            read_frames();
        else if (strcmp(command, "run") == 0)
            run();
        else
            fail("no such command");
    }
    return 0;
}
