"""The store on one machine: SQLite for articles and full text, FAISS for vectors."""
