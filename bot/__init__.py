"""The Discord bot; ``index`` finds the answers."""
