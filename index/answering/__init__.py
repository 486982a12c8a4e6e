"""Questions to answers: retrieval, context windows, ranking, passages and highlights."""
