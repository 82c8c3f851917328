using Janus.Web.Campaigns;
using Janus.Web.Components;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddCampaignsClient();
builder.AddKeptKeys();
builder.Services.AddRazorComponents();

await using var app = builder.Build();
app.UseExceptionHandler("/error");
app.UseStatusCodePagesWithReExecute("/missing");
app.UseSecurityHeaders();
app.UseAntiforgery();
app.MapDefaultEndpoints();
app.MapStaticAssets();
app.MapMediaPassThrough();
app.MapLivePassThrough();
app.MapRazorComponents<App>();
await app.RunAsync();
