"""The one way out: fetching from the public internet, and from nowhere else unless named."""
