using Wiretrue.Tool;

return Application.Run(args);
