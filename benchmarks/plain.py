"""A plain script for semantic search, which Dateline is compared with."""

import json
from pathlib import Path

import faiss
from sentence_transformers import SentenceTransformer

from index.embedding.base import Vectors


class PlainSearch:
    """Sentences in a list, and their vectors in a flat FAISS index.

    Args:
        model: the name or folder of a sentence-transformers model.
    """

    def __init__(self, model: str) -> None:
        self.model = SentenceTransformer(model)
        self.sentences: list[str] = []
        self.index: faiss.Index = faiss.IndexFlatIP(384)

    def add(self, sentences: list[str], vectors: Vectors | None = None) -> None:
        """Add sentences, and embed them unless their vectors are given."""
        if vectors is None:
            vectors = self.model.encode(sentences, batch_size=32, normalize_embeddings=True)
        self.index.add(vectors)
        self.sentences += sentences

    def ask(self, question: str, limit: int = 10) -> list[str]:
        """The sentences nearest to a question, best first."""
        vector = self.model.encode(question, normalize_embeddings=True)
        return [self.sentences[n] for n in self.index.search(vector.reshape(1, -1), limit)[1][0]]

    def save(self, folder: Path) -> None:
        faiss.write_index(self.index, str(folder / "index.faiss"))
        (folder / "sentences.json").write_text(json.dumps(self.sentences), encoding="utf-8")

    def load(self, folder: Path) -> None:
        self.index = faiss.read_index(str(folder / "index.faiss"))
        self.sentences = json.loads((folder / "sentences.json").read_text(encoding="utf-8"))
