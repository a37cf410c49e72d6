using Wiretrue.Tool;

WarmUp.StartFor(args);
return Application.Run(args);
