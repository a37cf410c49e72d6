return Wiretrue.Tool.Application.Run(args);
