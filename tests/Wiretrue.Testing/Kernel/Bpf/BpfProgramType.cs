namespace Wiretrue.Testing.Kernel.Bpf;

/// <summary>Where a program runs (<c>enum bpf_prog_type</c>, linux/bpf.h).</summary>
internal enum BpfProgramType
{
    /// <summary>On what an interface receives or sends (<c>BPF_PROG_TYPE_SCHED_CLS</c>).</summary>
    SchedulerClassifier = 3,

    /// <summary>On what a route sends out (<c>BPF_PROG_TYPE_LWT_XMIT</c>).</summary>
    LightweightTunnelTransmit = 12,
}
