"""Pages into articles, articles into passages, passages into a store, and finding them again."""
