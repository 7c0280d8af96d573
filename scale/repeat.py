#!/usr/bin/env python3
"""A crawl to measure with: the documents of a folder again and again, each time under another id.

    scale/repeat.py data/corpus 200 > crawl.jsonl     # about 200 MB
"""

import json
import pathlib
import sys


def main():
    folder, megabytes = sys.argv[1], float(sys.argv[2])
    files = sorted(path for path in pathlib.Path(folder).iterdir() if path.is_file())
    texts = [(path.name, path.read_text("utf-8")) for path in files]
    written = turn = 0
    while written < megabytes * 1e6:
        for name, text in texts:
            line = json.dumps({"id": f"{turn}/{name}", "text": text}, ensure_ascii=False) + "\n"
            written += sys.stdout.buffer.write(line.encode("utf-8"))
        turn += 1


if __name__ == "__main__":
    main()
