using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Wiretrue.Oracle.Tests.Guest.Transfers;

/// <summary>The near end of the transfers that <c>tests/guest/transfer.py</c> answers.</summary>
internal static class TransferClient
{
    private const int SolUdp = 17, UdpSegment = 103;
    private const int Block = 65536;
    private const int HeaderLength = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Sends so many bytes over TCP and fetches as many; null when all of both arrived as they were, else what did not.</summary>
    public static string? Stream(IPAddress server, int length)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
        {
            SendTimeout = (int)Patience.TotalMilliseconds,
            ReceiveTimeout = (int)Patience.TotalMilliseconds,
        };
        byte[] sent = new byte[length];
        new Random(length).NextBytes(sent);
        byte[] request = new byte[HeaderLength];
        BinaryPrimitives.WriteInt32BigEndian(request, length);
        BinaryPrimitives.WriteInt32BigEndian(request.AsSpan(4), length);
        int fetched = 0;
        try
        {
            socket.Connect(new IPEndPoint(server, TransferGuest.Port));
            socket.Send(request);
            for (int offset = 0; offset < length;)
                offset += socket.Send(sent.AsSpan(offset));
            byte[] digest = new byte[SHA256.HashSizeInBytes];
            Fill(socket, digest, ref fetched);
            if (!digest.AsSpan().SequenceEqual(SHA256.HashData(sent)))
                return $"the {length} bytes that were sent are others when they arrive";
            byte[] received = new byte[length];
            fetched = 0;
            Fill(socket, received, ref fetched);
            return received.AsSpan().SequenceEqual(Wanted(length)) ? null : $"the {length} bytes that were fetched are others";
        }
        catch (SocketException e)
        {
            return $"{e.SocketErrorCode} after {fetched} bytes fetched";
        }
    }

    /// <summary>Sends batches of datagrams as super-datagrams, and has them sent back; null when all came back as they were.</summary>
    public static string? Datagrams(IPAddress server, int batches, int count, int size)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 1000, ReceiveBufferSize = 4 << 20 };
        socket.Connect(new IPEndPoint(server, TransferGuest.Port));
        byte[] option = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(option, size);
        socket.SetRawSocketOption(SolUdp, UdpSegment, option);
        byte[] datagram = new byte[65536];
        for (int batch = 0; batch < batches; batch++)
        {
            byte[] sent = Batch(batch, count, size);
            bool[] isBack = new bool[count];
            // A datagram may be lost; that is what is tried again, and nothing else.
            for (int tries = 0; tries < 5 && isBack.Contains(false); tries++)
            {
                socket.Send(sent);
                while (isBack.Contains(false) && TryReceive(socket, datagram, out int length))
                {
                    if (BinaryPrimitives.ReadInt32BigEndian(datagram) != batch)
                        continue;
                    int index = BinaryPrimitives.ReadUInt16BigEndian(datagram.AsSpan(4));
                    if (!datagram.AsSpan(0, length).SequenceEqual(sent.AsSpan(index * size, size)))
                        return $"datagram {index} of batch {batch} came back as another";
                    isBack[index] = true;
                }
            }
            if (isBack.Contains(false))
                return $"{isBack.Count(back => !back)} of {count} datagrams of batch {batch} did not come back";
        }
        return null;
    }

    private static byte[] Batch(int batch, int count, int size)
    {
        byte[] bytes = new byte[count * size];
        new Random(batch).NextBytes(bytes);
        for (int i = 0; i < count; i++)
        {
            Span<byte> datagram = bytes.AsSpan(i * size);
            BinaryPrimitives.WriteInt32BigEndian(datagram, batch);
            BinaryPrimitives.WriteUInt16BigEndian(datagram[4..], (ushort)i);
            BinaryPrimitives.WriteUInt16BigEndian(datagram[6..], (ushort)count);
        }
        return bytes;
    }

    private static byte[] Wanted(int length)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            int place = i % Block;
            bytes[i] = place < 4 ? (byte)((i / Block) >> (8 * (3 - place))) : (byte)((place * 7) + (place >> 8));
        }
        return bytes;
    }

    private static void Fill(Socket socket, byte[] bytes, ref int received)
    {
        for (int offset = 0; offset < bytes.Length;)
        {
            int count = socket.Receive(bytes.AsSpan(offset));
            if (count == 0)
                throw new SocketException((int)SocketError.Disconnecting);
            offset += count;
            received = offset;
        }
    }

    private static bool TryReceive(Socket socket, byte[] datagram, out int length)
    {
        try
        {
            length = socket.Receive(datagram);
            return length >= HeaderLength;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock or SocketError.ConnectionRefused)
        {
            length = 0;
            return false;
        }
    }
}
