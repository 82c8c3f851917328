using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Janus.Campaigns.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Decisions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "changed_version",
                table: "posts",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "plan_number",
                table: "posts",
                type: "INTEGER",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<long>(
                name: "published_at",
                table: "posts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "published_url",
                table: "posts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "scheduled_at",
                table: "posts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "plan_number",
                table: "campaigns",
                type: "INTEGER",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<string>(
                name: "schedule",
                table: "campaigns",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "plan_proposals",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    public_id = table.Column<string>(type: "TEXT", nullable: false),
                    campaign_id = table.Column<int>(type: "INTEGER", nullable: false),
                    phase_number = table.Column<int>(type: "INTEGER", nullable: false),
                    direction = table.Column<string>(type: "TEXT", nullable: false),
                    diagram = table.Column<string>(type: "TEXT", nullable: false),
                    base_plan_number = table.Column<int>(type: "INTEGER", nullable: false),
                    applied_plan_number = table.Column<int>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_plan_proposals", x => x.id);
                    table.ForeignKey(
                        name: "FK_plan_proposals_campaigns_campaign_id",
                        column: x => x.campaign_id,
                        principalTable: "campaigns",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_plan_proposals_campaign_id",
                table: "plan_proposals",
                column: "campaign_id");

            migrationBuilder.CreateIndex(
                name: "IX_plan_proposals_public_id",
                table: "plan_proposals",
                column: "public_id",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "plan_proposals");

            migrationBuilder.DropColumn(
                name: "changed_version",
                table: "posts");

            migrationBuilder.DropColumn(
                name: "plan_number",
                table: "posts");

            migrationBuilder.DropColumn(
                name: "published_at",
                table: "posts");

            migrationBuilder.DropColumn(
                name: "published_url",
                table: "posts");

            migrationBuilder.DropColumn(
                name: "scheduled_at",
                table: "posts");

            migrationBuilder.DropColumn(
                name: "plan_number",
                table: "campaigns");

            migrationBuilder.DropColumn(
                name: "schedule",
                table: "campaigns");
        }
    }
}
