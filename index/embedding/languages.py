"""The languages that an embedding model understands besides English."""

import numpy as np

from index.embedding.encoder import Encoder

PROBES = {
    "en": (
        "How many people died?",
        "Where did the thieves hide the money?",
        "When will the bridge be open again?",
        "How much does the ticket cost?",
        "Why did they close the swimming pool?",
        "Who won the match yesterday?",
    ),
    "es": (
        "¿Cuánta gente murió?",
        "¿Dónde escondieron el dinero los ladrones?",
        "¿Cuándo volverá a abrir el puente?",
        "¿Cuánto cuesta el billete?",
        "¿Por qué cerraron la piscina?",
        "¿Quién ganó el partido ayer?",
    ),
    "fr": (
        "Combien de gens sont morts ?",
        "Où les voleurs ont-ils caché l'argent ?",
        "Quand le pont va-t-il rouvrir ?",
        "Combien coûte le billet ?",
        "Pourquoi ont-ils fermé la piscine ?",
        "Qui a gagné le match hier ?",
    ),
    "de": (
        "Wie viele Menschen sind gestorben?",
        "Wo haben die Diebe das Geld versteckt?",
        "Wann ist die Brücke wieder offen?",
        "Wie viel kostet die Fahrkarte?",
        "Warum wurde das Schwimmbad geschlossen?",
        "Wer hat gestern das Spiel gewonnen?",
    ),
    "pt": (
        "Quantas pessoas morreram?",
        "Onde os ladrões esconderam o dinheiro?",
        "Quando a ponte vai reabrir?",
        "Quanto custa a passagem?",
        "Por que fecharam a piscina?",
        "Quem ganhou o jogo ontem?",
    ),
}
"""The same questions in each language."""


def understands(encoder: Encoder, language: str) -> bool:
    """Whether a model puts each probe in a language nearest to the same one in English.

    Of the six, the default model, which is English, gets one to three right.

    Args:
        language: a key of ``PROBES``.

    Raises:
        EncoderError: the model cannot be loaded.
    """
    translated = encoder.encode_questions(PROBES[language])
    similarities = translated @ encoder.encode_questions(PROBES["en"]).T
    return bool(np.array_equal(similarities.argmax(axis=1), np.arange(len(similarities))))
