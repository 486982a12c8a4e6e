"""FAISS indexes of unit vectors, flat and clustered."""

import os

# FAISS reads this when it is imported. Its idle threads would spin while they wait for the next
# search, which takes a sixth of the processor time of a question.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
