using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Wiretrue.Devices;
using Wiretrue.Linux.Interop;

namespace Wiretrue.Linux;

/// <summary>A live device's features by the ethtool ioctl (<c>SIOCETHTOOL</c>, linux/ethtool.h), which needs no permission.</summary>
public static class EthtoolFeatures
{
    // A kernel of today names 65; a number far beyond is no answer.
    private const uint MostStrings = 4096;

    /// <summary>Reads the state of each feature that the kernel names, in its order.</summary>
    /// <param name="name">A device of this network namespace.</param>
    /// <exception cref="DeviceAccessException">There is none of that name, or the kernel does not say.</exception>
    public static IReadOnlyList<FeatureState> Read(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        using SafeFileHandle socket = Libc.Socket(Libc.AF_INET, Libc.SOCK_DGRAM | Libc.SOCK_CLOEXEC, 0);
        if (socket.IsInvalid)
            Throw.Errno(name);
        int count = CountStrings(socket, name);
        string[] names = ReadNames(socket, name, count);
        EthtoolFeatureBlock[] blocks = ReadBlocks(socket, name, (count + EthtoolFeatureBlock.Bits - 1) / EthtoolFeatureBlock.Bits);
        return StatesOf(names, blocks);
    }

    /// <summary>Puts names and bits together. A name that is empty is a bit that this kernel does not use.</summary>
    internal static IReadOnlyList<FeatureState> StatesOf(IReadOnlyList<string> names, ReadOnlySpan<EthtoolFeatureBlock> blocks)
    {
        var states = new List<FeatureState>(names.Count);
        for (int i = 0; i < names.Count && i / EthtoolFeatureBlock.Bits < blocks.Length; i++)
        {
            if (names[i].Length == 0)
                continue;
            EthtoolFeatureBlock block = blocks[i / EthtoolFeatureBlock.Bits];
            uint bit = 1U << (i % EthtoolFeatureBlock.Bits);
            states.Add(new FeatureState(
                names[i],
                FeatureNames.Find(names[i]),
                Active: (block.Active & bit) != 0,
                Requested: (block.Requested & bit) != 0,
                Fixed: (block.Available & bit) == 0 || (block.NeverChanged & bit) != 0));
        }
        return states;
    }

    private static unsafe int CountStrings(SafeFileHandle socket, string name)
    {
        var info = new EthtoolStringSetInfo { Command = EthtoolCommand.GetStringSetInfo, Mask = 1UL << EthtoolCommand.FeatureStrings };
        // The kernel writes one count, that of the one set in the mask.
        Ask(socket, name, (byte*)&info);
        if (info.Mask == 0)
            Throw.Errno(name, Libc.EOPNOTSUPP);
        if (info.Count > MostStrings)
            Throw.CutAnswer(name);
        return (int)info.Count;
    }

    private static unsafe string[] ReadNames(SafeFileHandle socket, string name, int count)
    {
        byte[] answer = new byte[sizeof(EthtoolStrings) + (count * EthtoolCommand.StringLength)];
        MemoryMarshal.Write(answer, new EthtoolStrings { Command = EthtoolCommand.GetStrings, Set = EthtoolCommand.FeatureStrings, Count = (uint)count });
        // The kernel writes as many names as the set has, which is what there is room for: it was asked just before.
        fixed (byte* bytes = answer)
            Ask(socket, name, bytes);
        string[] names = new string[count];
        for (int i = 0; i < count; i++)
            names[i] = CText.Of(answer.AsSpan(sizeof(EthtoolStrings) + (i * EthtoolCommand.StringLength), EthtoolCommand.StringLength));
        return names;
    }

    private static unsafe EthtoolFeatureBlock[] ReadBlocks(SafeFileHandle socket, string name, int count)
    {
        byte[] answer = new byte[sizeof(EthtoolFeatureBlocks) + (count * sizeof(EthtoolFeatureBlock))];
        MemoryMarshal.Write(answer, new EthtoolFeatureBlocks { Command = EthtoolCommand.GetFeatures, Count = (uint)count });
        // The kernel writes no more blocks than the count says.
        fixed (byte* bytes = answer)
            Ask(socket, name, bytes);
        return MemoryMarshal.Cast<byte, EthtoolFeatureBlock>(answer.AsSpan(sizeof(EthtoolFeatureBlocks))).ToArray();
    }

    private static unsafe void Ask(SafeFileHandle socket, string name, byte* command)
    {
        var request = default(InterfaceRequest);
        if (!request.TrySetName(name))
            Throw.NoDevice(name);
        request.Data = command;
        if (Libc.Ioctl(socket, InterfaceRequest.Ethtool, &request) < 0)
            Throw.Errno(name);
    }
}
