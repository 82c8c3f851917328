using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Janus.Campaigns.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class UnfinishedSteps : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_generation_steps_campaign_id_state",
                table: "generation_steps");

            migrationBuilder.CreateIndex(
                name: "IX_generation_steps_campaign_id",
                table: "generation_steps",
                column: "campaign_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_generation_steps_campaign_id",
                table: "generation_steps");

            migrationBuilder.CreateIndex(
                name: "IX_generation_steps_campaign_id_state",
                table: "generation_steps",
                columns: new[] { "campaign_id", "state" });
        }
    }
}
