using Janus.Web;
using Janus.Web.Api;
using Janus.Web.Components;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddPages();

await using var app = builder.Build();
app.UseExceptionHandler("/error", createScopeForErrors: true);
app.UseStatusCodePagesWithReExecute("/missing", createScopeForStatusCodePages: true);
app.UseSecurityHeaders();
app.UseAntiforgery();
app.MapDefaultEndpoints();
app.MapStaticAssets();
app.MapMediaPassThrough();
app.MapActivityExport();
app.MapScheduleExport();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
await app.RunAsync();
