using Janus.DevTools;

return await Commands.RunAsync(args);
