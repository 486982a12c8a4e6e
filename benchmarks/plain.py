"""The script that one would write in an afternoon: what Dateline is measured against."""

import json
from pathlib import Path

import faiss
from sentence_transformers import SentenceTransformer

from index.embedding.encoder import Vectors


class Plain:
    """Sentences, and a FAISS index that compares each of them with a question."""

    def __init__(self, model: str) -> None:
        self.model = SentenceTransformer(model)
        self.sentences: list[str] = []
        self.index: faiss.Index = faiss.IndexFlatIP(384)

    def add(self, sentences: list[str], vectors: Vectors | None = None) -> None:
        if vectors is None:
            vectors = self.model.encode(sentences, batch_size=32, normalize_embeddings=True)
        self.index.add(vectors)
        self.sentences += sentences

    def ask(self, question: str, limit: int = 10) -> list[str]:
        vector = self.model.encode(question, normalize_embeddings=True)
        return [self.sentences[n] for n in self.index.search(vector.reshape(1, -1), limit)[1][0]]

    def save(self, folder: Path) -> None:
        faiss.write_index(self.index, str(folder / "index.faiss"))
        (folder / "sentences.json").write_text(json.dumps(self.sentences), encoding="utf-8")

    def load(self, folder: Path) -> None:
        self.index = faiss.read_index(str(folder / "index.faiss"))
        self.sentences = json.loads((folder / "sentences.json").read_text(encoding="utf-8"))
