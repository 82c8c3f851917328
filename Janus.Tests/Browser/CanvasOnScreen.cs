using System.Text.Json;
using Microsoft.Playwright;

namespace Janus.Tests.Browser;

/// <summary>Where things are: on the screen in CSS pixels, and in the world, which is what the canvas shows a part of.</summary>
internal sealed class CanvasOnScreen(IPage page)
{
    // A point of the canvas with no card at it, so that a drag takes hold of the world.
    private const string FreeGround = """
        () => {
          const canvas = document.querySelector('janus-canvas'), box = canvas.getBoundingClientRect();
          for (let y = box.bottom - 90; y > box.top + 150; y -= 20) {
            for (let x = box.left + 40; x < box.right - 40; x += 20) {
              const hit = document.elementFromPoint(x, y);
              if (canvas.contains(hit) && !hit.closest('.post')) return JSON.stringify({ x, y });
            }
          }
          return null;
        }
        """;

    private const string WorldTransform = """
        (() => {
          const world = new DOMMatrix(getComputedStyle(document.querySelector('janus-canvas .world')).transform);
          const box = document.querySelector('janus-canvas').getBoundingClientRect();
          return JSON.stringify({ x: world.e + box.left, y: world.f + box.top, scale: world.a });
        })()
        """;

    // How far each end of each edge is from the middle third of the side of the card that it belongs to, in the world.
    private const string LooseEnds = """
        () => {
          const place = pk => {
            const card = document.querySelector(`.post[data-pk="${pk}"]`), at = new DOMMatrix(getComputedStyle(card).transform);
            return { left: at.e, right: at.e + card.offsetWidth, top: at.f, bottom: at.f + card.offsetHeight };
          };
          const off = (end, card) => Math.min(Math.abs(end.x - card.left), Math.abs(end.x - card.right))
            + Math.max(0, card.top - end.y, end.y - card.bottom);
          return JSON.stringify([...document.querySelectorAll('.edges path')].flatMap(path => {
            const distance = Math.max(
              off(path.getPointAtLength(0), place(path.dataset.from)), off(path.getPointAtLength(path.getTotalLength()), place(path.dataset.to)));
            return distance > 1 ? [`${path.dataset.from} to ${path.dataset.to}: ${Math.round(distance)} px off`] : [];
          }));
        }
        """;

    // Everything that a live update could move.
    private const string Places = """
        () => JSON.stringify([document.querySelector('.world'), ...document.querySelectorAll('.post')].map(element => element.style.transform))
        """;

    /// <summary>Where the world is, and how large.</summary>
    public async Task<Placed> WorldAsync() => JsonSerializer.Deserialize<Placed>(await page.EvaluateAsync<string>(WorldTransform), JsonSerializerOptions.Web)!;

    /// <summary>Waits until the world is not where it was.</summary>
    public async Task<Placed> MovedFromAsync(Placed before)
    {
        await page.WaitForFunctionAsync($"before => {WorldTransform} !== before", JsonSerializer.Serialize(before, JsonSerializerOptions.Web));
        return await WorldAsync();
    }

    /// <summary>A point where the ground is free to take hold of.</summary>
    public async Task<(float X, float Y)> FreeGroundAsync()
    {
        using var point = JsonDocument.Parse((await page.EvaluateAsync<string?>(FreeGround)).ShouldNotBeNull("the cards leave no ground free"));
        return (point.RootElement.GetProperty("x").GetSingle(), point.RootElement.GetProperty("y").GetSingle());
    }

    /// <summary>The edges that do not end at their cards.</summary>
    public async Task<string[]> LooseEndsAsync() => JsonSerializer.Deserialize<string[]>(await page.EvaluateAsync<string>(LooseEnds))!;

    /// <summary>Where the world and every card are, as one text.</summary>
    public Task<string> PlacesAsync() => page.EvaluateAsync<string>(Places);

    /// <summary>Drags with the mouse.</summary>
    public async Task DragAsync(float fromX, float fromY, float byX, float byY)
    {
        await page.Mouse.MoveAsync(fromX, fromY);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(fromX + byX, fromY + byY, new() { Steps = 8 });
        await page.Mouse.UpAsync();
    }

    /// <summary>The ground dragged by the mouse.</summary>
    public async Task PanAsync(float byX, float byY)
    {
        var (x, y) = await FreeGroundAsync();
        await DragAsync(x, y, byX, byY);
    }

    /// <summary>A place on the screen: the world's point (wx, wy) is seen at (X + wx * Scale, Y + wy * Scale).</summary>
    internal sealed record Placed(double X, double Y, double Scale)
    {
        /// <summary>The point of the world that is seen at a place on the screen.</summary>
        public (double X, double Y) At(double x, double y) => ((x - X) / Scale, (y - Y) / Scale);
    }
}
