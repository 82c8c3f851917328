using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Janus.Campaigns.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Remakes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "origin",
                table: "variants",
                type: "TEXT",
                nullable: false,
                defaultValue: "first");

            migrationBuilder.AddColumn<long>(
                name: "step_id",
                table: "variants",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "base_generation",
                table: "generation_steps",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "hint",
                table: "generation_steps",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "search_text",
                table: "campaigns",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateIndex(
                name: "IX_campaigns_updated_at",
                table: "campaigns",
                column: "updated_at");

            // What was made before this migration was made by the plan's own steps.
            migrationBuilder.Sql(
                """
                UPDATE variants SET step_id = (
                    SELECT id FROM generation_steps AS step
                    WHERE step.post_id = variants.post_id AND step.kind = 'text' AND step.variant = 'AB' AND step.generation = variants.generation);
                """);
            migrationBuilder.Sql("UPDATE campaigns SET search_text = lower(name || char(10) || json_extract(brief, '$.product_description'));");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_campaigns_updated_at",
                table: "campaigns");

            migrationBuilder.DropColumn(
                name: "origin",
                table: "variants");

            migrationBuilder.DropColumn(
                name: "step_id",
                table: "variants");

            migrationBuilder.DropColumn(
                name: "base_generation",
                table: "generation_steps");

            migrationBuilder.DropColumn(
                name: "hint",
                table: "generation_steps");

            migrationBuilder.DropColumn(
                name: "search_text",
                table: "campaigns");
        }
    }
}
