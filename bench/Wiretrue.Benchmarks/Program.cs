using BenchmarkDotNet.Running;

// dotnet run -c Release --project bench/Wiretrue.Benchmarks -- --filter '*OnesComplementSum*'
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
