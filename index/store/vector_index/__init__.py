"""FAISS indexes of unit vectors, flat and clustered."""
