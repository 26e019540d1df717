"""The review page in a real browser, before the real server and a real batch."""

from __future__ import annotations

import json
import re
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright

from restore import output
from restore.batch.inputs import find_jobs
from restore.batch.run import run_batch
from restore.bench.ledger import fill
from restore.config import Config
from restore.decisions import Decision, read_decisions, standing
from restore.desk.answers import PAGE
from restore.desk.app import build_app
from restore.desk.labels import LABELS, page_labels
from restore.desk.pictures import Pictures
from restore.desk.service import Desk
from restore.dictionary import read_rules
from tests.printed import noisy, printed

ROOT = Path(__file__).parents[1]
STATIC, TEMPLATES = ROOT / "restore/desk/static", ROOT / "restore/desk/templates"
DAMAGED = (ROOT / "samples/000_d85d24a1343911c1.txt").read_text("utf-8").splitlines()
HOSTILE = "Số: 5/KH-UBND\nKẾ HOẠCH\n<script>document.title='hit'</script> <b>đậm</b>\nI. MỤC ĐÍCH\n"
CHROMIUM = Path("/usr/bin/chromium")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="there is no browser")
SIZES = {"archivist": (1366, 768), "large": (1920, 1080), "small": (1024, 700)}


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real batch: two texts that share damage, one that holds markup, and a noisy scan."""
    folder = tmp_path_factory.mktemp("batch")
    for name in ("one.txt", "two.txt"):
        (folder / name).write_text("\n".join(DAMAGED[:45]), "utf-8")
    (folder / "hostile.txt").write_text(HOSTILE, "utf-8")
    Image.fromarray(noisy(printed(), 60, 0.03)).save(folder / "page.png", dpi=(150, 150))
    out = folder.parent / f"{folder.name}-out"
    run_batch(find_jobs([str(folder)], out), out, Config(jobs=1))
    return out


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM)
        yield started
        started.close()


@pytest.fixture
def out(finished: Path, tmp_path: Path) -> Path:
    shutil.copytree(finished, tmp_path / "out")
    return tmp_path / "out"


@contextmanager
def served(out: Path, dictionary: Path | None = None) -> Iterator[str]:
    """The desk, served as it is for people."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        desk = Desk(out, dictionaries=[dictionary] if dictionary else [])
        app = build_app(desk, Pictures(out), token="key", hosts=["127.0.0.1"], lang="en")
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/key"
        finally:
            server.should_exit = True
            thread.join()
            desk.close()


@pytest.fixture
def address(out: Path, tmp_path: Path) -> Iterator[str]:
    with served(out, tmp_path / "archive.tsv") as address:
        yield address


def enter(browser: Browser, name: str, **how: object) -> BrowserContext:
    """A browser of a reviewer who has given a name; an error of a script fails the test."""
    context = browser.new_context(**{"viewport": {"width": 1366, "height": 768}, **how})
    context.add_init_script(f"localStorage['restore.desk.reviewer'] ??= {name!r}")
    return context


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"error of a script: {error}"))
    page.goto(address)
    return page


@pytest.fixture
def lan(browser: Browser, address: str) -> Iterator[Page]:
    """A reviewer at the first damaged text."""
    context = enter(browser, "Lan")
    page = opened(context, f"{address}/document/one.txt")
    expect(page.locator("#card-word")).to_be_visible()
    yield page
    context.close()


def word(page: Page) -> tuple[int, str]:
    """The current word's place in the original, and how it reads."""
    now = page.locator("#text .w.now")
    expect(now).to_have_count(1)
    return int(now.get_attribute("data-start") or -1), now.inner_text()


def at_place(page: Page, start: int) -> str:
    return page.locator(f'#text .w[data-start="{start}"]').inner_text()


def saved(page: Page) -> None:
    expect(page.locator("#saved")).to_have_attribute("data-state", "saved")


def stand(out: Path, name: str = "one.txt") -> list[Decision]:
    return list(standing(read_decisions(out / name / output.DECISIONS_FILE)))


def texts(out: Path, name: str = "one.txt") -> list[tuple[int, str]]:
    return [(one.edit.start, one.edit.after) for one in stand(out, name) if one.edit]


def to_repeated_word(page: Page) -> tuple[int, str, str]:
    """Choose a damaged word that stands in the text more than once; its place, how it reads, and the original."""
    sheet = page.request.get(page.url.partition("/document/")[0] + "/api/sheet/1/one.txt").json()
    seen = [one["before"] for one in sheet["words"]]
    for one in sheet["words"]:
        if (
            one["before"].isalpha()
            and len(one["before"]) > 2
            and seen.count(one["before"]) > 1
            and one["doubt"]
        ):
            page.locator(f'#text .w[data-start="{one["start"]}"]').click()
            return one["start"], one["text"], one["before"]
    raise AssertionError("no such word")


def test_the_list_ranks_filters_and_opens(browser: Browser, address: str) -> None:
    page = opened(enter(browser, "Lan"), f"{address}/")
    rows = page.locator("#rows tr")
    expect(rows).to_have_count(4)
    assert "words to review" in rows.first.inner_text()
    page.locator("#filter").fill("two")
    expect(rows).to_have_count(1)
    page.locator("#filter").fill("")
    page.locator("#filter").blur()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#card-word")).to_be_visible()
    page.context.close()


def test_a_long_list_comes_by_the_page(browser: Browser, tmp_path: Path) -> None:
    out = tmp_path / "many"
    out.mkdir()
    fill(out, 1000)
    with served(out) as address:
        page = opened(enter(browser, "Lan"), f"{address}/")
        rows = page.locator("#rows tr")
        expect(rows).to_have_count(PAGE)
        expect(page.locator("#shown")).to_have_text("1,000 documents")
        expect(page.locator("#totals")).to_contain_text("1,000 documents")
        page.locator("#more").focus()
        page.keyboard.press("Enter")
        expect(rows).to_have_count(2 * PAGE)
        assert len(set(page.locator("#rows tr .about").all_inner_texts())) > PAGE
        page.locator("#states .state-failed").click()
        expect(rows).to_have_count(20)
        expect(page.locator("#more")).to_be_hidden()
        page.locator("#filter").fill("HOP 0000 00500")  # without marks, as it is typed
        expect(rows).to_have_count(1)
        expect(page.locator("#shown")).to_have_text("1 document")
        page.locator("#states .state-failed").click()
        page.locator("#filter").fill("")
        page.locator("#sort").select_option("name")
        expect(rows.first).to_contain_text("Phông 00/Hộp 0000/0000060.pdf")
        expect(rows).to_have_count(PAGE)
        page.context.close()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_state_stands_beside_the_name_in_the_list(browser: Browser, address: str, lang: str) -> None:
    page = opened(enter(browser, "Lan"), f"{address}/?lang={lang}")
    expect(page.locator("#rows tr")).to_have_count(4)
    gaps = page.eval_on_selector_all(
        ".what",
        "all => all.map(one => one.querySelector('a').getBoundingClientRect().left"
        " - one.querySelector('.state').getBoundingClientRect().right)",
    )
    assert min(gaps) > 0
    page.context.close()


def test_the_first_visit_asks_who_reviews(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = opened(context, f"{address}/document/one.txt")
    page.locator("#name-input").fill("Trần Văn An")
    page.keyboard.press("Enter")
    expect(page.locator("#reviewer")).to_have_text("Trần Văn An")
    expect(page.locator("#card-word")).to_be_visible()
    page.reload()
    expect(page.locator("#card-word")).to_be_visible()
    expect(page.locator("#name-dialog")).to_be_hidden()
    context.close()


def test_enter_accepts_what_stands_and_goes_on(lan: Page, out: Path) -> None:
    start, text = word(lan)
    lan.keyboard.press("Enter")
    assert word(lan)[0] != start
    expect(lan.locator(f'#text .w[data-start="{start}"]')).to_have_class(re.compile("s-confirmed"))
    saved(lan)
    assert texts(out) == [(start, text)]
    assert stand(out)[0].reviewer == "Lan"


def test_a_number_chooses_and_nothing_of_quick_typing_is_lost(lan: Page, out: Path) -> None:
    decided = []
    for key in ("1", "Enter", "1", "0", "Enter", "1"):
        start, _ = word(lan)
        if key == "1" and lan.locator("#choices .choice:not(.stands, .was)").count() == 0:
            key = "Enter"
        lan.keyboard.press(key)  # without waiting for the server
        decided.append(start)
    saved(lan)
    assert [start for start, _ in texts(out)] == decided


def test_a_key_held_down_decides_one_word(lan: Page, out: Path) -> None:
    start, _ = word(lan)
    for _ in range(4):
        lan.keyboard.down("Enter")  # the second and later ones are repeats
    lan.keyboard.up("Enter")
    saved(lan)
    assert [place for place, _ in texts(out)] == [start]


def test_next_and_previous_pass_over_doubts_without_deciding(lan: Page, out: Path) -> None:
    first = word(lan)[0]
    lan.keyboard.press("n")
    second = word(lan)[0]
    assert second != first
    lan.keyboard.press("p")
    assert word(lan)[0] == first
    assert not stand(out)


def test_reading_order_goes_down_the_text(lan: Page) -> None:
    lan.keyboard.press("t")
    places = []
    for _ in range(6):
        lan.keyboard.press("n")
        places.append(word(lan)[0])
    rises = [one < other for one, other in pairwise(places)]
    assert rises.count(False) <= 1  # at the end it begins anew


def test_own_text_is_composed_by_an_input_method(lan: Page, out: Path) -> None:
    start, _ = word(lan)
    lan.keyboard.press("e")
    expect(lan.locator("#own")).to_be_focused()
    keys = lan.context.new_cdp_session(lan)
    for step in ("n", "nu", "nứ"):  # "n" and "u" are commands where nobody types
        keys.send(
            "Input.imeSetComposition", {"text": step, "selectionStart": len(step), "selectionEnd": len(step)}
        )
    assert word(lan)[0] == start
    keys.send("Input.insertText", {"text": "nước"})
    expect(lan.locator("#own")).to_have_value("nước")
    lan.keyboard.press("Enter")
    saved(lan)
    assert texts(out) == [(start, "nước")]
    assert at_place(lan, start) == "nước"


def test_a_key_of_an_input_method_is_no_command(lan: Page) -> None:
    start, _ = word(lan)
    for init in ({"key": "n", "isComposing": True}, {"key": "Process"}, {"key": "n", "altKey": True}):
        lan.evaluate(
            "init => document.body.dispatchEvent(new KeyboardEvent('keydown', {...init, bubbles: true}))",
            init,
        )
    assert word(lan)[0] == start


def test_escape_leaves_the_field_as_it_was(lan: Page, out: Path) -> None:
    start, text = word(lan)
    lan.keyboard.press("e")
    lan.keyboard.insert_text("khác")
    lan.keyboard.press("Escape")
    expect(lan.locator("#own")).to_have_value(text)
    assert word(lan) == (start, text)
    assert not stand(out)


def test_undo_and_redo(lan: Page, out: Path) -> None:
    start, text = word(lan)
    lan.keyboard.press("e")
    lan.keyboard.insert_text("thử")
    lan.keyboard.press("Enter")
    assert word(lan)[0] != start
    lan.keyboard.press("u")
    assert word(lan) == (start, text)
    saved(lan)
    assert not stand(out)
    lan.keyboard.press("U")
    assert word(lan) == (start, "thử")
    saved(lan)
    assert texts(out) == [(start, "thử")]
    lan.keyboard.press("Control+z")
    saved(lan)
    assert not stand(out)


def test_what_somebody_did_before_is_undone_after_a_new_start(lan: Page, out: Path) -> None:
    lan.keyboard.press("e")
    lan.keyboard.insert_text("thử")
    lan.keyboard.press("Enter")
    saved(lan)
    lan.reload()
    expect(lan.locator("#card-word")).to_be_visible()
    lan.keyboard.press("u")
    expect(lan.locator("#toasts")).to_contain_text("Undone")
    assert not stand(out)


def test_a_word_is_joined_with_the_next(lan: Page, out: Path) -> None:
    start, text = word(lan)
    lan.keyboard.press("m")
    expect(lan.locator("#own")).to_be_focused()
    assert (lan.locator("#own").input_value()).startswith(text)
    lan.keyboard.insert_text("liền")
    lan.keyboard.press("Enter")
    saved(lan)
    (edit,) = [one.edit for one in stand(out) if one.edit]
    assert (edit.start, edit.after) == (start, "liền")
    assert " " in edit.before.strip() or "\n" in edit.before


def test_where_a_decision_repeats_the_rest_is_offered(lan: Page, out: Path) -> None:
    _, _, before = to_repeated_word(lan)
    lan.keyboard.press("e")
    lan.keyboard.insert_text("thử")
    lan.keyboard.press("Enter")
    offer = lan.locator("#last .offer")
    expect(offer).to_be_visible()
    lan.keyboard.press("r")
    expect(lan.locator("#toasts")).to_contain_text("Decided alike")
    saved(lan)
    other = [one.edit for one in stand(out, "two.txt") if one.edit]
    assert other and {(edit.before, edit.after) for edit in other} == {(before, "thử")}
    lan.keyboard.press("u")
    expect(lan.locator("#toasts")).to_contain_text("Undone")
    assert not stand(out, "two.txt")


def test_always_makes_a_rule_of_the_last_decision(lan: Page, out: Path) -> None:
    _, _, before = to_repeated_word(lan)
    lan.keyboard.press("e")
    lan.keyboard.insert_text("thử")
    lan.keyboard.press("Enter")
    saved(lan)
    lan.keyboard.press("a")
    expect(lan.locator("#always-rule")).to_contain_text("thử")
    lan.keyboard.press("b")
    expect(lan.locator("#toasts")).to_contain_text("this batch")
    assert [(rule.before, rule.after) for rule in read_rules(out / output.DICTIONARY_FILE)] == [
        (before, "thử")
    ]
    assert stand(out, "two.txt")


def test_two_people_at_once_lose_nothing(lan: Page, browser: Browser, address: str, out: Path) -> None:
    context = enter(browser, "Minh")
    minh = opened(context, f"{address}/document/one.txt")
    start, _ = word(minh)
    assert word(lan)[0] == start
    for page, text in ((lan, "của-Lan"), (minh, "của-Minh")):
        page.keyboard.press("e")
        page.keyboard.insert_text(text)
        page.keyboard.press("Enter")
        if page is lan:
            saved(lan)
    dialog = minh.locator("#conflict-dialog")
    expect(dialog).to_contain_text("của-Lan")
    expect(dialog).to_contain_text("Lan, at")
    minh.keyboard.press("Enter")  # quick typing does not answer
    expect(dialog).to_be_visible()
    minh.keyboard.press("t")
    expect(dialog).to_be_hidden()
    expect(minh.locator(f'#text .w[data-start="{start}"]')).to_have_text("của-Lan")
    assert texts(out) == [(start, "của-Lan")]
    context.close()


def test_a_conflict_may_be_overruled(lan: Page, browser: Browser, address: str, out: Path) -> None:
    context = enter(browser, "Minh")
    minh = opened(context, f"{address}/document/one.txt")
    start, _ = word(minh)
    lan.keyboard.press("Enter")
    saved(lan)
    minh.keyboard.press("e")
    minh.keyboard.insert_text("của-Minh")
    minh.keyboard.press("Enter")
    expect(minh.locator("#conflict-dialog")).to_be_visible()
    minh.keyboard.press("m")
    saved(minh)
    assert texts(out)[-1] == (start, "của-Minh")
    context.close()


@pytest.mark.parametrize("key", ["t", "m"])
def test_two_people_at_one_field_are_asked(
    lan: Page, browser: Browser, address: str, out: Path, key: str
) -> None:
    context = enter(browser, "Minh")
    minh = opened(context, f"{address}/document/one.txt?lang=vi")
    expect(minh.locator("#card-word")).to_be_visible()
    theirs, mine = minh.get_by_label("Cơ quan ban hành", exact=True), lan.get_by_label("Issuer", exact=True)
    theirs.focus()  # what somebody types in stays on the page when others' work is read
    mine.fill("ỦY BAN CỦA LAN")
    mine.press("Enter")
    saved(lan)
    expect(minh.locator("#history")).to_contain_text("ỦY BAN CỦA LAN", timeout=15_000)
    theirs.fill("ỦY BAN CỦA MINH")
    theirs.press("Enter")
    dialog = minh.locator("#conflict-dialog")
    expect(dialog).to_contain_text("Cơ quan ban hành")
    expect(dialog).to_contain_text("Lan, lúc")
    expect(dialog).to_contain_text("ỦY BAN CỦA LAN")
    expect(dialog).to_contain_text("ỦY BAN CỦA MINH")
    expect(minh.locator("#conflict-title")).to_be_focused()
    minh.keyboard.press("Enter")  # quick typing does not answer
    expect(dialog).to_be_visible()
    minh.keyboard.press(key)
    saved(minh)
    kept = {"t": "ỦY BAN CỦA LAN", "m": "ỦY BAN CỦA MINH"}[key]
    expect(theirs).to_have_value(kept)
    assert [one.field.value for one in stand(out) if one.field][-1] == kept
    assert [one.reviewer for one in stand(out)] == ["Lan", "Minh"][: 1 + (key == "m")]
    context.close()


def test_other_peoples_work_appears_by_itself(lan: Page, browser: Browser, address: str) -> None:
    context = enter(browser, "Minh")
    minh = opened(context, f"{address}/document/one.txt")
    start, _ = word(minh)
    minh.keyboard.press("n")
    minh.keyboard.press("Enter")
    saved(minh)
    expect(lan.locator("#progress-text")).not_to_contain_text(re.compile("^0 of"), timeout=15_000)
    expect(lan.locator("#text .w.s-confirmed")).to_have_count(1)
    assert word(lan)[0] == start  # nobody's cursor is moved
    context.close()


def test_without_the_server_nothing_is_lost(lan: Page, out: Path) -> None:
    lan.route("**/api/decide", lambda route: route.abort())
    places = []
    for _ in range(3):
        places.append(word(lan)[0])
        lan.keyboard.press("Enter")
    expect(lan.locator("#saved")).to_have_attribute("data-state", "trouble")
    assert not stand(out)
    lan.unroute("**/api/decide")
    saved(lan)
    assert [start for start, _ in texts(out)] == places


def test_a_refused_word_comes_back(lan: Page, out: Path) -> None:
    start, text = word(lan)
    lan.keyboard.press("e")
    lan.keyboard.insert_text("x" * 2001)
    lan.keyboard.press("Enter")
    expect(lan.locator("#toasts")).to_contain_text("the word is back")
    assert word(lan) == (start, text)
    assert not stand(out)


def test_leaving_waits_until_everything_is_saved(lan: Page, out: Path) -> None:
    start, _ = word(lan)
    lan.keyboard.press("Enter")
    lan.keyboard.press("]")
    expect(lan).not_to_have_url(re.compile("one.txt"))
    assert [place for place, _ in texts(out)] == [start]


def test_a_field_is_set(lan: Page, out: Path) -> None:
    box = lan.get_by_label("Issuer", exact=True)
    box.fill("ỦY BAN NHÂN DÂN XÃ MẪU")
    box.press("Enter")
    saved(lan)
    (field,) = [one.field for one in stand(out) if one.field]
    assert (field.path, field.value, field.status) == ("header.issuer", "ỦY BAN NHÂN DÂN XÃ MẪU", "present")
    lan.locator("#tab-history").click()
    expect(lan.locator("#history")).to_contain_text("ỦY BAN NHÂN DÂN XÃ MẪU")
    lan.locator("#history button.small").first.click()
    expect(lan.locator("#history .undone")).to_have_count(1)
    assert not stand(out)


def test_a_sections_kind_number_and_title_are_set(lan: Page, out: Path) -> None:
    lan.locator("#tab-outline").click()
    first = lan.locator("#outline li").first
    start, _ = word(lan)
    told = first.inner_text()
    first.locator(".row").focus()
    lan.keyboard.press("F2")
    title = first.get_by_label("Section's title")
    expect(title).to_be_focused()
    title.fill("bỏ")
    lan.keyboard.press("Escape")
    expect(first.locator(".row")).to_be_focused()
    assert first.inner_text() == told
    assert not stand(out)
    first.locator(".pencil").click()
    title.fill("  MỤC ĐÍCH CHUNG ")
    first.get_by_label("Section's number").fill("IX")
    first.get_by_label("Section's kind").select_option("chapter")
    first.get_by_label("Section's kind").press("Enter")
    expect(first).to_contain_text("IX. MỤC ĐÍCH CHUNG")
    expect(first.locator(".section-kind")).to_have_text("chapter")
    expect(first.locator(".row")).to_be_focused()
    saved(lan)
    assert word(lan)[0] == start  # to edit is not to go there
    paths = {one.field.path.rpartition(".")[2]: one.field.value for one in stand(out) if one.field}
    assert paths == {"kind": "chapter", "number": "IX", "title": "MỤC ĐÍCH CHUNG"}
    address = f"{lan.url.partition('/document/')[0]}/api/document/one.txt"
    section = lan.request.get(address).json()["sections"][0]
    assert (section["kind"], section["number"], section["title"]) == ("chapter", "IX", "MỤC ĐÍCH CHUNG")
    lan.reload()
    lan.locator("#tab-outline").click()
    expect(first).to_contain_text("IX. MỤC ĐÍCH CHUNG")
    lan.locator("#tab-history").click()
    expect(lan.locator("#history li")).to_have_count(3)
    for undone in range(1, 4):
        lan.locator("#history button.small").first.click()
        expect(lan.locator("#history .undone")).to_have_count(undone)
    lan.locator("#tab-outline").click()
    expect(first).to_have_text(told.replace("\n", ""))
    assert not stand(out)


def test_what_is_typed_in_the_outline_survives_other_peoples_work(
    lan: Page, browser: Browser, address: str
) -> None:
    lan.locator("#tab-outline").click()
    lan.locator("#outline .pencil").nth(1).click()
    lan.keyboard.insert_text("đang gõ")
    context = enter(browser, "Minh")
    minh = opened(context, f"{address}/document/one.txt")
    word(minh)
    minh.keyboard.press("Enter")
    saved(minh)
    expect(lan.locator("#progress-text")).not_to_contain_text(re.compile("^0 of"), timeout=15_000)
    expect(lan.get_by_label("Section's title")).to_have_value("đang gõ")
    expect(lan.get_by_label("Section's title")).to_be_focused()
    lan.keyboard.press("Enter")
    expect(lan.locator("#outline li").nth(1)).to_contain_text("đang gõ")
    context.close()


def test_recipients_are_added_and_taken_out(lan: Page, out: Path) -> None:
    def listed() -> list[str]:
        root = lan.url.partition("/document/")[0]
        fields = lan.request.get(f"{root}/api/document/one.txt").json()["fields"]
        return [one["value"] for one in fields if one["path"].startswith("closing.recipients[")]

    before = listed()
    if not before:
        lan.locator("#fields summary").click()
    add = lan.get_by_role("button", name="Add: Recipient")
    for name in ("Phòng Nội vụ", "Phòng Tài chính", "Phòng Y tế"):
        add.click()
        lan.keyboard.insert_text(name)
        lan.keyboard.press("Enter")  # without waiting for the server
        expect(add).to_be_focused()
    add.press("Enter")
    lan.keyboard.insert_text("nhầm")
    lan.keyboard.press("Escape")
    expect(add).to_be_focused()
    saved(lan)
    assert listed() == [*before, "Phòng Nội vụ", "Phòng Tài chính", "Phòng Y tế"]
    label = f"Recipient {len(before) + 1}"
    for _ in range(2):  # the one behind it moves up at once: the second press takes out the next one
        lan.get_by_role("button", name=f"Remove {label}", exact=True).click()
    expect(lan.get_by_label(label, exact=True)).to_have_value("Phòng Y tế")
    expect(add).to_be_focused()
    saved(lan)
    assert listed() == [*before, "Phòng Y tế"]
    lan.locator("#tab-history").click()
    lan.locator("#history button.small").first.click()
    expect(lan.locator("#history .undone")).to_have_count(1)
    assert listed() == [*before, "Phòng Tài chính", "Phòng Y tế"]


def test_signers_are_added(lan: Page, out: Path) -> None:
    lan.locator("#fields summary").click()
    lan.get_by_label("Signer", exact=True).fill("Trần Văn An")
    lan.keyboard.press("Enter")
    saved(lan)
    add = lan.get_by_role("button", name="Add: Signer")
    add.focus()
    lan.keyboard.press("Enter")
    expect(lan.get_by_label("Signer 2", exact=True)).to_be_focused()
    lan.keyboard.insert_text("Lê Thị Bình")
    lan.keyboard.press("Enter")
    saved(lan)
    expect(lan.get_by_label("Signer 2", exact=True)).to_have_value("Lê Thị Bình")
    lan.get_by_label("Signer's position 2", exact=True).fill("KẾ TOÁN")
    lan.keyboard.press("Enter")
    saved(lan)
    fields = lan.request.get(lan.url.replace("/document/", "/api/document/")).json()["fields"]
    found = {one["path"]: one["value"] for one in fields if one["path"].startswith("closing.signers[")}
    assert found == {
        "closing.signers[0].authority": None,
        "closing.signers[0].position": None,
        "closing.signers[0].name": "Trần Văn An",
        "closing.signers[1].authority": None,
        "closing.signers[1].position": "KẾ TOÁN",
        "closing.signers[1].name": "Lê Thị Bình",
    }


def test_the_search_page_filters(browser: Browser, address: str) -> None:
    context = enter(browser, "Lan")
    page = opened(context, f"{address}/search?lang=en")
    page.get_by_label("Number").fill("5/KH-UBND")
    page.keyboard.press("Enter")
    expect(page.locator("#hits a")).to_have_text(re.compile("KẾ HOẠCH|hostile", re.IGNORECASE))
    assert "number=5%2FKH-UBND" in page.url
    assert "issuer" not in page.url
    expect(page.get_by_label("Number")).to_have_value("5/KH-UBND")
    page.get_by_label("Type").fill("báo cáo, công điện")
    page.keyboard.press("Enter")
    expect(page.locator("#shown")).to_have_text("nothing found")
    page.goto(f"{address}/search?lang=en&q=ke+hoach&from=hôm+qua")
    expect(page.locator("#shown")).to_contain_text("“hôm qua” is no date")
    page.goto(f"{address}/search?lang=vi&q=ke+hoach&from=2021&to=2020")
    expect(page.locator("#shown")).to_contain_text("Hãy đổi chỗ hai ngày")
    assert page.locator("#hits li").count() == 0
    context.close()


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ({"count": 1}, "found in 1 document"),
        ({"count": 3000}, "found in 3,000 documents"),
        ({"count": 3000, "more": True}, "found in more than 3,000 documents"),
        ({"count": 7, "partial": True}, "found in 7 documents so far, not all were looked at"),
        ({"count": 0, "partial": True}, "nothing found so far, not all were looked at"),
    ],
)
def test_the_search_page_says_how_far_documents_were_counted(
    browser: Browser, address: str, answer: dict[str, object], shown: str
) -> None:
    context = enter(browser, "Lan")
    context.route(
        "**/api/search?**",
        lambda route: route.fulfill(
            json={"hits": [], "more": False, "partial": False, "exact": True} | answer
        ),
    )
    page = opened(context, f"{address}/search?lang=en&q=t*")
    expect(page.locator("#shown")).to_contain_text(shown)
    context.close()


def test_where_there_is_no_picture_the_original_lines_stand(lan: Page) -> None:
    start, _ = word(lan)
    framed = lan.locator("#original .now")
    expect(framed).to_have_count(1)
    assert int(framed.get_attribute("data-start") or -1) == start
    expect(lan.locator("#magnifier-line mark")).to_have_text(framed.inner_text())
    across = framed.bounding_box(), lan.locator("#text .w.now").bounding_box()
    assert across[0] and across[1] and abs(across[0]["y"] - across[1]["y"]) < 12


def test_the_word_is_framed_on_the_page(browser: Browser, address: str) -> None:
    context = enter(browser, "Lan")
    page = opened(context, f"{address}/document/page.png")
    picture = page.locator("#viewport img")
    expect(picture).to_be_visible()
    start, _ = word(page)
    frame = page.locator(".frame").bounding_box()
    paper = picture.bounding_box()
    assert frame and paper
    sheet = page.request.get(f"{address}/api/sheet/1/page.png").json()
    size = page.request.get(f"{address}/api/document/page.png").json()["sheets"][0]
    box = next(one["box"] for one in sheet["words"] if one["start"] == start)
    scale = paper["width"] / size["width"]
    middle = paper["x"] + scale * (box[0] + box[2]) / 2
    assert abs(frame["x"] + frame["width"] / 2 - middle) < 2
    page.wait_for_function(  # it is drawn when the picture has come
        "() => { const c = document.getElementById('magnifier-picture');"
        " return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v > 0 && v < 90) }"
    )
    width = paper["width"]
    page.keyboard.press("+")
    larger = picture.bounding_box()
    assert larger and larger["width"] > 1.2 * width
    page.keyboard.press("f")
    expect(page.locator("#zoom-now")).to_have_text("100\u00a0%")
    context.close()


def test_text_is_never_markup(browser: Browser, address: str) -> None:
    context = enter(browser, "Lan")
    page = opened(context, f"{address}/document/hostile.txt")
    expect(page.locator("#text")).to_contain_text("<script>document.title='hit'</script> <b>đậm</b>")
    expect(page.locator("#original")).to_contain_text("<b>đậm</b>")
    assert page.locator("#text b, #text script").count() == 0
    assert page.title() != "hit"
    context.close()


def test_all_decided_leads_to_the_next_document(browser: Browser, address: str) -> None:
    context = enter(browser, "Lan")
    page = opened(context, f"{address}/document/page.png")
    expect(page.locator("#card-word")).to_be_visible()
    for _ in range(200):
        if page.locator("#card-finished").is_visible():
            break
        page.keyboard.press("Enter")
    expect(page.locator("#card-finished")).to_be_visible()
    saved(page)
    assert page.request.get(f"{address}/api/document/page.png").json()["to_review"] == 0
    context.close()


def test_where_nothing_is_in_doubt_enter_goes_on(browser: Browser, address: str, out: Path) -> None:
    context = enter(browser, "Lan")
    page = context.new_page()
    real = page.request.get(f"{address}/api/document/one.txt").json()
    page.route(
        "**/api/document/one.txt**", lambda route: route.fulfill(json=real | {"doubts": [], "to_review": 0})
    )
    page.goto(f"{address}/document/one.txt")
    expect(page.locator("#card-finished")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile("one.txt"))
    assert not stand(out)
    context.close()


def test_a_place_of_the_address_is_opened(browser: Browser, address: str) -> None:
    context = enter(browser, "Lan")
    place = "\n".join(DAMAGED[:30]).rindex("\n") + 1
    page = opened(context, f"{address}/document/one.txt?place={place}")
    assert word(page)[0] >= place - 1
    assert "line 30" in page.locator("#facts").inner_text()
    context.close()


@pytest.mark.parametrize("size", SIZES)
def test_what_is_needed_is_in_view(browser: Browser, address: str, size: str) -> None:
    width, height = SIZES[size]
    context = enter(
        browser, "Lan", viewport={"width": width, "height": height - 120}
    )  # the browser's own bars
    page = opened(context, f"{address}/document/one.txt")
    expect(page.locator("#card-word")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for part in (
        "#original .now",
        "#magnifier",
        "#now",
        "#choices .stands",
        "#own",
        "#text .w.now",
        "#saved",
        "#progress-text",
    ):
        box = page.locator(part).bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= width, part
        assert box["y"] >= 0 and box["y"] + box["height"] <= height - 120, part
    context.close()


@pytest.mark.parametrize("name", ["one.txt", "page.png"])
def test_on_a_telephone_nothing_sticks_out_or_lies_on_something_else(
    browser: Browser, address: str, name: str
) -> None:
    context = enter(browser, "Lan", viewport={"width": 390, "height": 844})
    page = opened(context, f"{address}/?lang=vi")
    expect(page.locator("#rows tr")).to_have_count(4)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.goto(f"{address}/document/{name}")
    expect(page.locator("#card-word")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    pane, card = (page.locator(part).bounding_box() for part in ("#picture", "#card"))
    assert pane and card
    save = page.locator("#own-form button").bounding_box()
    assert save and save["x"] + save["width"] <= 390
    shown = page.locator("#original" if name == "one.txt" else "#viewport").bounding_box()
    assert shown and shown["y"] + shown["height"] <= pane["y"] + pane["height"] <= card["y"] + 1
    if name == "one.txt":
        word_box = page.locator("#original .now").bounding_box()
        assert word_box and shown["y"] <= word_box["y"] <= shown["y"] + shown["height"]
    context.close()


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {[node['html'][:120] for node in one['nodes']][:4]}" for one in found]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, address: str, scheme: str, lang: str) -> None:
    context = enter(browser, "Lan", color_scheme=scheme)
    page = opened(context, f"{address}/?lang={lang}")
    expect(page.locator("#rows tr")).to_have_count(4)
    assert violations(page) == []
    page.goto(f"{address}/search?lang={lang}&q=ke+hoach")
    expect(page.locator("#shown")).not_to_be_empty()
    assert violations(page) == []
    for name in ("one.txt", "page.png"):
        page.goto(f"{address}/document/{name}?lang={lang}")
        expect(page.locator("#card-word")).to_be_visible()
        page.keyboard.press("Enter")
        saved(page)
        assert violations(page) == []
    for tab in ("outline", "warnings", "history"):
        page.locator(f"#tab-{tab}").click()
        assert violations(page) == []
    page.goto(f"{address}/document/one.txt?lang={lang}")
    expect(page.locator("#card-word")).to_be_visible()
    page.locator("#tab-outline").click()
    page.locator("#outline .pencil").first.click()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.locator("#tab-fields").click()
    page.locator("#fields details").evaluate("one => one.open = true")
    adders = page.locator("#fields .add")
    expect(adders).to_have_count(2)
    adders.last.click()
    adders.first.click()
    expect(adders).to_have_count(0)
    assert violations(page) == []
    page.locator("#text").focus()
    page.keyboard.press("Enter")
    saved(page)
    for key, dialog in (("?", "#help-dialog"), ("a", "#always-dialog")):
        page.keyboard.press(key)
        expect(page.locator(dialog)).to_be_visible()
        assert violations(page) == []
        page.keyboard.press("Escape")
    page.locator("#reviewer").click()
    expect(page.locator("#name-dialog")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#name-dialog")).to_be_hidden()
    theirs = {"reviewer": "Minh", "before": "Kiin", "after": "Kiến", "time": "2026-11-22T09:00:00Z"}
    told = {"error": "", "revision": 1, "conflict": theirs | {"decision": "x"}}
    page.route("**/api/decide", lambda route: route.fulfill(status=409, json=told))
    page.locator("#text").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#conflict-dialog")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("t")
    field = theirs | {"before": None, "after": None, "path": "header.number", "status": "blank"}
    page.route("**/api/field", lambda route: route.fulfill(status=409, json=told | {"conflict": field}))
    page.locator("#field-header-number").fill("99")
    page.keyboard.press("Enter")
    expect(page.locator("#conflict-field")).to_be_visible()
    expect(page.locator("#conflict-theirs")).to_have_text(page_labels(lang)["status-blank"])
    assert violations(page) == []
    context.close()


def test_single_letters_can_be_switched_off(lan: Page) -> None:
    lan.keyboard.press("?")
    lan.locator("#letters").uncheck()
    lan.keyboard.press("Escape")
    start, _ = word(lan)
    lan.keyboard.press("n")
    assert word(lan)[0] == start
    lan.keyboard.press("ArrowRight")
    assert word(lan)[0] != start


def test_language_and_theme_are_switched(lan: Page) -> None:
    lan.locator("#theme").click()
    assert lan.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    lan.locator("#language").click()
    expect(lan.locator("html")).to_have_attribute("lang", "vi")
    expect(lan.locator("#tab-fields")).to_contain_text("Trường")
    assert lan.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


def test_every_word_of_the_page_has_a_label() -> None:
    source = "\n".join(path.read_text("utf-8") for path in (*STATIC.glob("*.js"), *TEMPLATES.glob("*.j2")))
    asked = set(re.findall(r"""(?:\bt|\btn|\bsay|\blabel)\(['"]([a-z-]+)['"]""", source))
    assert len(asked) > 60
    assert not asked - set(LABELS)
    actions = set(re.findall(r'action: "([a-z-]+)", keys', (STATIC / "keys.js").read_text("utf-8")))
    assert not {f"do-{action}" for action in actions} - set(LABELS)
    assert json.dumps(page_labels("vi"), ensure_ascii=False) != json.dumps(page_labels("en"))


def test_a_long_document_keeps_few_sheets_and_finds_every_doubt(
    browser: Browser, address: str, out: Path
) -> None:
    """Sheets that were let go come again; the doubts lie far from each other."""
    context = enter(browser, "Lan")
    page = context.new_page()
    sheets = 80
    lines = [f"chữ{sheet} là dòng số {sheet}" for sheet in range(1, sheets + 1)]
    starts = [sum(len(line) + 1 for line in lines[:at]) for at in range(sheets)]
    doubts = [
        {
            "sheet": at + 1,
            "start": starts[at],
            "end": starts[at] + 3,
            "confidence": (at * 37 % sheets) / sheets,
        }
        for at in range(sheets)
    ]
    real = page.request.get(f"{address}/api/document/one.txt").json()
    blank = page.request.get(f"{address}/api/sheet/1/one.txt").json()["words"][0]
    asked: list[int] = []

    def document(route: Route) -> None:
        plain = {"page": None, "width": 0, "height": 0, "image": False, "lines": 40}
        told = [plain | {"number": at + 1, "start": starts[at], "first_line": at + 1} for at in range(sheets)]
        route.fulfill(json=real | {"sheets": told, "doubts": doubts, "to_review": sheets})

    def sheet(route: Route) -> None:
        number = int(re.findall(r"sheet/(\d+)/", route.request.url)[0])
        asked.append(number)
        place, words = starts[number - 1], []
        for text in lines[number - 1].split():
            span = {"start": place, "end": place + len(text), "line": number}
            words.append(blank | span | {"text": text, "before": text, "space": " ", "doubt": True})
            place += len(text) + 1
        route.fulfill(json={"number": number, "revision": 0, "words": words})

    page.route("**/api/document/**", document)
    page.route("**/api/sheet/**", sheet)
    page.goto(f"{address}/document/one.txt")
    for doubt in sorted(doubts, key=lambda one: one["confidence"]):
        if doubt["confidence"]:  # the first one is gone to by itself, and behind the last one it begins anew
            page.keyboard.press("n")
        expect(page.locator("#text .w.now")).to_have_text(f"chữ{doubt['sheet']}")
    assert len(asked) >= sheets
    assert page.locator("#text .w").count() < 5 * sheets / 2  # these sheets are short: several are in view
    # A key that is pressed for a word that is still under way decides nothing, least of all the word before it.
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if "api/decide" in request.url else None)
    page.unroute("**/api/sheet/**")
    page.route("**/api/sheet/**", lambda _: None)
    page.keyboard.press("n")  # past the end it begins anew, with a sheet that was let go
    expect(page.locator("#text .w.now")).to_have_count(0)
    page.keyboard.press("Enter")
    page.keyboard.press("0")
    assert not sent
    context.close()
