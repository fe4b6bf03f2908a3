"""assets/ becomes files under one fingerprint; a script's imports are known."""

from pathlib import Path
from typing import Any

import pytest
from lxml import html

from dxsite import pipeline
from dxsite.assets import Assets, read_assets


@pytest.fixture
def assets(tmp_path: Path) -> Assets:
    scripts = {
        "page.js": 'import { a } from "./a.js";\nimport "./b.js";\nimport("./later.js");\n',
        "a.js": 'import {\n  c,\n} from "./c.js";\nconst text = "from ./no.js";\n',
        "b.js": 'export { c } from "./c.js";\n',
        "c.js": "export const c = 1;\n",
        "later.js": "",
    }
    (tmp_path / "assets/css").mkdir(parents=True)
    (tmp_path / "assets/js").mkdir()
    for name, text in scripts.items():
        (tmp_path / "assets/js" / name).write_text(text, "utf-8")
    return read_assets(tmp_path)


def test_what_a_script_needs_before_it_runs_is_named_once(assets: Assets) -> None:
    assert assets.needed_by("page.js") == ("page.js", "a.js", "b.js", "c.js")


def test_the_search_page_asks_for_all_its_scripts_at_once(
    built: tuple[pipeline.Built, Path],
) -> None:
    files = {artifact.path: artifact.data for artifact in built[0].artifacts}
    page: Any = html.document_fromstring(files["search/index.html"].decode())
    asked = page.xpath("//link[@rel='modulepreload']/@href|//script[@type='module']/@src")
    names = {str(address).rpartition("/")[2] for address in asked}
    assert names >= {"search.js", "box.js", "address.js", "results.js", "draw.js"}
    assert "csv.js" not in names
