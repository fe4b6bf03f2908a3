#!/usr/bin/env python3
"""Stands for GitHub's own command: answers from gh.json, notes there what it was told to write."""

import json
import os
import sys
from pathlib import Path

STATE = Path(os.environ["FAKE_GITHUB"])


def main(arguments: list[str]) -> None:
    assert os.environ.get("GH_TOKEN"), "asked without a token"
    if arguments[:2] == ["auth", "git-credential"]:
        return
    state = json.loads(STATE.read_text("utf-8"))
    if arguments[:2] == ["workflow", "run"]:
        name, *options = arguments[2:]
        assert options[::2] == ["--ref", "--repo"], arguments
        state["written"].append(["DISPATCH", name, options[1]])
        STATE.write_text(json.dumps(state), "utf-8")
        return
    assert arguments[:2] == ["api", "--method"], arguments
    method, path = arguments[2:4]
    fields = dict(a.split("=", 1) for a in arguments[5::2]) if method == "GET" else {}
    if method == "GET":
        assert arguments[4::2] == ["-f"] * len(fields), arguments
        listed = state["pulls"] if path.endswith("/pulls") else state["comments"]
        page = int(fields.get("page", 1))
        if "head" in fields:
            listed = [pull for pull in listed if pull["head"]["label"] == fields["head"]]
        print(json.dumps(listed[(page - 1) * 100 : page * 100]))
        return
    assert arguments[4:] == ["--input", "-"], arguments
    state["written"].append([method, path, json.load(sys.stdin)["body"]])
    STATE.write_text(json.dumps(state), "utf-8")
    print("{}")


main(sys.argv[1:])
