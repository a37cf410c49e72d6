"""Sends UDP super-datagrams from a socket (UDP_SEGMENT): udp.py SOURCE [DESTINATION LENGTH SIZE]..."""
import socket
import struct
import sys

SOL_UDP, UDP_SEGMENT = 17, 103
PORT = 20000

arguments = sys.argv[2:]
for destination, length, size in zip(arguments[::3], arguments[1::3], arguments[2::3]):
    family = socket.AF_INET6 if ":" in destination else socket.AF_INET
    sender = socket.socket(family, socket.SOCK_DGRAM)
    sender.bind((sys.argv[1].split(",")[family == socket.AF_INET6], PORT))
    payload = bytes((i * 7 + (i >> 8)) & 255 for i in range(int(length)))
    sender.sendmsg([payload], [(SOL_UDP, UDP_SEGMENT, struct.pack("H", int(size)))], 0, (destination, PORT))
    sender.close()
