"""The preview: the bot in a simulated Discord in the browser, without account or network."""

from bot.preview.simulation import preview, serve, simulate

__all__ = ["preview", "serve", "simulate"]
