using Wiretrue.Tool;

if (args is ["fix", ..])
{
    WarmUp.Start();
}

return Application.Run(args);
