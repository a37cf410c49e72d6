"""Sends messages over SCTP from one network namespace to another, and prints what passes a device: whole super-frames, and segments.

    sctp.py listen ADDRESS                      takes one association and reads it to its end
    sctp.py send ADDRESS WHOLE CUT LENGTH...    sends messages of these lengths; WHOLE and CUT are the devices to listen on

Each frame is a line: the device, and the bytes as hexadecimal digits.
"""
import os
import select
import socket
import sys

SCTP = 132
ETH_P_ALL = 3
PORT = 5000


def family(address):
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def listen(address):
    server = socket.socket(family(address), socket.SOCK_STREAM, SCTP)
    server.bind((address, PORT))
    server.listen(1)
    print("listening", flush=True)
    connection, _ = server.accept()
    while connection.recv(65536):
        pass


def send(address, whole, cut, lengths):
    taps = {}
    for device in (whole, cut):
        tap = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
        tap.setsockopt(socket.SOL_SOCKET, 33, 16 << 20)  # SO_RCVBUFFORCE
        tap.bind((device, ETH_P_ALL))
        taps[tap] = device
    client = socket.socket(family(address), socket.SOCK_STREAM, SCTP)
    client.connect((address, PORT))
    for number, length in enumerate(lengths):
        client.send(bytes((i * 7 + (i >> 8) + number) & 255 for i in range(length)))
    while True:
        ready = select.select(list(taps), [], [], 0.5)[0]
        if not ready:
            return
        for tap in ready:
            frame, origin = tap.recvfrom(70000)
            if origin[2] == socket.PACKET_OUTGOING:
                print(taps[tap], frame.hex())


if sys.argv[1] == "listen":
    listen(sys.argv[2])
else:
    send(sys.argv[2], sys.argv[3], sys.argv[4], [int(a) for a in sys.argv[5:]])
