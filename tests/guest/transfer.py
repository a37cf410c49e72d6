"""The far end of transfers over TCP and UDP, for whoever connects: transfer.py PORT

TCP: eight bytes say how many bytes will come and how many are wanted; the answer is the SHA-256 of what came, and the bytes that are
wanted: blocks of 64 KiB, each with its number in its first four bytes.

UDP: datagrams of a batch, of one length, each with the batch's number, its own, and how many there are (u32, u16, u16). When all are
there, all of them are sent back, as one super-datagram where the tunnel takes one.
"""
import hashlib
import socket
import struct
import sys
import threading

BLOCK = 65536
SOL_UDP, UDP_SEGMENT = 17, 103
SO_RCVBUFFORCE = 33
PATTERN = bytes((i * 7 + (i >> 8)) & 255 for i in range(BLOCK))


def receive(connection, count):
    parts = []
    while count:
        part = connection.recv(min(count, 1 << 20))
        if not part:
            break
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def answer(connection):
    with connection:
        coming, wanted = struct.unpack("!II", receive(connection, 8))
        connection.sendall(hashlib.sha256(receive(connection, coming)).digest())
        number = 0
        while wanted > 0:
            block = struct.pack("!I", number) + PATTERN[4:]
            connection.sendall(block[:wanted])
            wanted -= BLOCK
            number += 1


def streams(port):
    server = socket.create_server(("::", port), family=socket.AF_INET6, dualstack_ipv6=True)
    while True:
        threading.Thread(target=answer, args=[server.accept()[0]], daemon=True).start()


def datagrams(port):
    server = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
    server.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 16 << 20)
    server.bind(("::", port))
    batches = {}
    while True:
        datagram, peer = server.recvfrom(65536)
        batch, index, count = struct.unpack_from("!IHH", datagram)
        parts = batches.setdefault((peer, batch), {})
        parts[index] = datagram
        if len(parts) < count:
            continue
        size = len(parts[0])
        whole = b"".join(parts[i] for i in range(count))
        try:
            server.sendmsg([whole], [(SOL_UDP, UDP_SEGMENT, struct.pack("H", size))], 0, peer)
        except OSError:
            # A device that could not sum them takes no super-datagrams from sockets.
            for i in range(count):
                server.sendto(parts[i], peer)


threading.Thread(target=streams, args=[int(sys.argv[1])], daemon=True).start()
print("listening", flush=True)
datagrams(int(sys.argv[1]))
