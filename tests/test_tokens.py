"""Text into tokens and back; the same cases bind assets/js/tokens.js in browser/test_search.py."""

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxsite.tokens import key_of, text_of, tokens_of

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "cases" / "tokens.json").read_text("utf-8")
)
TEXT = st.text(
    st.sampled_from("電子申請のカバー々・ 　、（％-aBcDéＡ0１,，.．５㈱…\n&<"), max_size=40
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_the_table_of_cases(case: dict[str, Any]) -> None:
    tokens = tokens_of(case["text"])
    assert tokens == case["tokens"]
    assert [key_of(token) for token in tokens] == case["keys"]
    assert text_of(tokens) == case.get("shown", case["text"])


@given(TEXT)
def test_no_token_holds_a_blank_at_which_pagefind_would_cut_it(text: str) -> None:
    assert all(token and not any(c.isspace() for c in token) for token in tokens_of(text))


@given(TEXT)
def test_a_text_comes_back_but_for_width_and_blanks(text: str) -> None:
    def bare(text: str) -> str:
        return "".join(unicodedata.normalize("NFKC", text).split())

    assert bare(text_of(tokens_of(text))) == bare(text)


@given(TEXT)
def test_what_came_back_is_cut_the_same_again(text: str) -> None:
    tokens = tokens_of(text)
    assert tokens_of(text_of(tokens)) == tokens


def test_a_number_is_not_found_inside_another() -> None:
    assert "500" not in [key_of(token) for token in tokens_of("1,500件、2.500、15000")]
