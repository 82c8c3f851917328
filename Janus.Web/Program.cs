using Janus.Web;
using Janus.Web.Access;
using Janus.Web.Api;
using Janus.Web.Components;
using Janus.Web.Http;

if (args is ["health"])
    return await ServiceHealth.AskAsync();

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddPageRules();
builder.AddSignIn();
builder.AddPages();

await using var app = builder.Build();
app.UsePageRules();
app.UseSignIn();
app.UseAntiforgery();
app.MapDefaultEndpoints();
app.MapStaticAssets().AllowAnonymous();
app.MapSignOut();
app.MapMediaPassThrough();
app.MapActivityExport();
app.MapScheduleExport();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
return await app.RunWithSettingsAsync();
