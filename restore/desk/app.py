"""The desk in the browser: pages, pictures and the JSON that the pages ask for.

What is said stands in :mod:`restore.desk.answers`, what is done in :mod:`restore.desk.service`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from functools import partial, wraps
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from restore import output
from restore.decisions import FieldValue, Scope
from restore.desk import answers
from restore.desk.catalogue import SORTS, Asked, Sort
from restore.desk.labels import label, page_labels
from restore.desk.pictures import Pictures
from restore.desk.places import Conflict
from restore.desk.security import FILE_POLICY, Guard
from restore.desk.service import Desk
from restore.errors import InputError, OutputError, RestoreError
from restore.field import Status
from restore.messages import Language, error_text, message
from restore.review.templating import templates_in
from restore.search.filters import Filters
from restore.search.index import Index

_HERE = Path(__file__).parent
MOST_HITS = 50


class _Name(Convertor[str]):
    """The name of a document: any, line ends too; which ones there are, the desk knows."""

    regex = r"[\s\S]*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


class _Figure(Convertor[int]):
    """A page, a sheet, a place: no text has more than a thousand million of them."""

    regex = "[0-9]{1,9}"

    def convert(self, value: str) -> int:
        return int(value)

    def to_string(self, value: int) -> str:
        return str(value)


register_url_convertor("document", _Name())
register_url_convertor("figure", _Figure())


class _Request(BaseModel):
    """What every decision says: of which document, and who takes it."""

    model_config = ConfigDict(extra="forbid")

    document: str
    reviewer: str = Field(min_length=1, max_length=100, pattern=r"\S")


class _Decide(_Request):
    revision: int = Field(ge=0)
    start: int
    end: int
    after: str = Field(max_length=2000)
    before: str | None = None  # what the reviewer saw there: a new run may have read the page anew


class _Undo(_Request):
    decision: str | None = None


class _Repeat(_Request):
    decision: str


class _Rule(_Request):
    decision: str
    scope: Scope


class _SetField(_Request):
    revision: int = Field(ge=0)
    path: str = Field(max_length=200)
    was: str | None = Field(default=None, max_length=100_000)  # what the reviewer saw there
    value: str | None = Field(default=None, max_length=10_000)
    status: Status = "present"


Answer = Callable[[Request], Awaitable[Response]]


class Pages:
    """The routes of one desk."""

    def __init__(self, desk: Desk, pictures: Pictures, lang: Language) -> None:
        """Take the desk; nothing is served yet."""
        self._desk = desk
        self._pictures = pictures
        self._lang = lang
        self._index = Index(desk.out)
        self._templates = templates_in(_HERE / "templates")

    def routes(self) -> list[Route | Mount]:
        """All addresses below the token."""
        get, post = ["GET"], ["POST"]
        return [
            Route("/", self._page("list.html.j2"), methods=get),
            Route("/search", self._page("search.html.j2"), methods=get),
            Route("/document/{name:document}", self._page("document.html.j2"), methods=get),
            Route("/diff/{name:document}", self._diff, methods=get),
            Route("/image/{page:figure}/{name:document}", self._answering(self._image), methods=get),
            Route("/api/documents", self._answering(self._documents), methods=get),
            Route("/api/document/{name:document}", self._answering(self._document), methods=get),
            Route("/api/sheet/{number:figure}/{name:document}", self._answering(self._sheet), methods=get),
            Route("/api/revision/{name:document}", self._answering(self._revision), methods=get),
            Route("/api/place/{at:figure}/{name:document}", self._answering(self._place), methods=get),
            Route("/api/search", self._answering(self._search), methods=get),
            Route("/api/decide", self._posting(_Decide, self._decide), methods=post),
            Route("/api/undo", self._posting(_Undo, self._undo), methods=post),
            Route("/api/repeat", self._posting(_Repeat, self._repeat), methods=post),
            Route("/api/rule", self._posting(_Rule, self._rule), methods=post),
            Route("/api/field", self._posting(_SetField, self._field), methods=post),
            Mount("/static", StaticFiles(directory=_HERE / "static")),
        ]

    def _page(self, template: str) -> Answer:
        async def page(request: Request) -> Response:
            name = request.path_params.get("name", "")
            if name and not await run_in_threadpool(self._desk.catalogue.has, name):
                return self._not_found(name)
            lang = self._language(request)
            shown = self._templates.get_template(template).render(
                root=request.scope["root_path"],
                lang=lang,
                label=partial(label, lang=lang),
                labels=page_labels(lang),
                name=name,
                out_name=self._desk.out.resolve().name,
                has_archive=bool(self._desk.dictionaries),
            )
            return HTMLResponse(shown)

        return page

    async def _diff(self, request: Request) -> Response:
        name = request.path_params["name"]
        if not await run_in_threadpool(self._desk.catalogue.has, name):
            return self._not_found(name)
        path = self._desk.folder(name) / output.DIFF_FILE
        if path.is_symlink() or not path.is_file():
            return self._not_found(name)
        return FileResponse(path, headers={"content-security-policy": FILE_POLICY})

    def _not_found(self, name: str) -> Response:
        error = InputError("no-such-document", path=self._desk.out, name=name)
        return JSONResponse({"error": error_text(error, self._lang)}, status_code=404)

    def _answering(self, work: Callable[[Request], Response]) -> Answer:
        """The work in a thread; every error of ours becomes an answer that says what it is."""

        @wraps(work)
        async def answer(request: Request) -> Response:
            try:
                return await run_in_threadpool(work, request)
            except RestoreError as error:
                return self._error(error, self._language(request))

        return answer

    def _posting(self, model: type[BaseModel], work: Callable[[Any], dict[str, Any]]) -> Answer:
        @wraps(work)
        async def answer(request: Request) -> Response:
            try:
                asked = model.model_validate_json(await request.body())
            except ValidationError as error:
                problem = error.errors()[0]
                place = ".".join(str(part) for part in problem["loc"])
                return JSONResponse({"error": f"{place}: {problem['msg']}"}, status_code=422)
            try:
                return JSONResponse(await run_in_threadpool(work, asked))
            except Conflict as error:
                told = {"error": message("decided-meanwhile", self._lang, reviewer=error.decision.reviewer)}
                return JSONResponse(told | answers.conflict(error.decision, error.revision), status_code=409)
            except RestoreError as error:
                return self._error(error)

        return answer

    async def fault(self, request: Request, error: Exception) -> Response:
        """A fault of the program, said as such; the page goes on."""
        reason = f"{type(error).__name__}: {error}"
        return JSONResponse({"error": message("internal", self._lang, reason=reason)}, status_code=500)

    def _error(self, error: RestoreError, lang: Language | None = None) -> Response:
        status = 404 if isinstance(error, InputError) else 507 if isinstance(error, OutputError) else 400
        return JSONResponse({"error": error_text(error, lang or self._lang)}, status_code=status)

    def _documents(self, request: Request) -> Response:
        asked, start = request.query_params, request.query_params.get("from", "")
        sort: Sort = next((one for one in SORTS if one == asked.get("sort")), "need")
        place = int(start) if start.isdecimal() and len(start) < 10 else 0
        wanted = Asked(tuple(asked.get("state", "").split(",")), asked.get("q", "")[:500], sort, place)
        return JSONResponse(answers.document_list(self._desk, wanted, self._language(request)))

    def _language(self, request: Request) -> Language:
        wanted = request.query_params.get("lang", self._lang)
        return "vi" if wanted == "vi" else "en"

    def _document(self, request: Request) -> Response:
        name = request.path_params["name"]
        problem = self._desk.problem(name)
        told = {"problem": error_text(problem, self._lang)} if problem else {}
        return JSONResponse(answers.document(self._desk, name) | told)

    def _sheet(self, request: Request) -> Response:
        name, number = request.path_params["name"], request.path_params["number"]
        found = answers.sheet(self._desk, name, number)
        if found is None:
            raise InputError("no-such-place", path=name, start=number, end=number)
        return JSONResponse(found)

    def _revision(self, request: Request) -> Response:
        return JSONResponse({"revision": self._desk.document(request.path_params["name"]).revision})

    def _place(self, request: Request) -> Response:
        name, at = request.path_params["name"], request.path_params["at"]
        return JSONResponse(answers.place(self._desk, name, at))

    def _image(self, request: Request) -> Response:
        name = request.path_params["name"]
        self._desk.folder(name)  # no other file than a document's original
        width = request.query_params.get("width", "1600")
        data = self._pictures.picture(
            name, request.path_params["page"], int(width) if width.isdecimal() and len(width) < 6 else 1600
        )
        return Response(data, media_type="image/jpeg", headers={"cache-control": "private, max-age=3600"})

    def _search(self, request: Request) -> Response:
        query, kind, issuer, number, since, until = (
            request.query_params.get(name, "")[:500]
            for name in ("q", "type", "issuer", "number", "from", "to")
        )
        types = tuple(one.strip() for one in kind.split(",") if one.strip())
        filters = Filters(types=types, issuer=issuer, number=number, since=since.strip(), until=until.strip())
        return JSONResponse(answers.search(self._desk, self._index, query, filters, MOST_HITS))

    def _decide(self, asked: _Decide) -> dict[str, Any]:
        return answers.taken(
            self._desk.decide(
                asked.document,
                asked.start,
                asked.end,
                asked.after,
                reviewer=asked.reviewer,
                revision=asked.revision,
                before=asked.before,
            )
        )

    def _undo(self, asked: _Undo) -> dict[str, Any]:
        revision, undone, places = self._desk.undo(asked.document, asked.decision, reviewer=asked.reviewer)
        return {"revision": revision, "undone": undone, "places": places}

    def _repeat(self, asked: _Repeat) -> dict[str, Any]:
        return answers.repeated(self._desk.repeat(asked.document, asked.decision, reviewer=asked.reviewer))

    def _rule(self, asked: _Rule) -> dict[str, Any]:
        return answers.repeated(
            self._desk.make_rule(asked.document, asked.decision, asked.scope, reviewer=asked.reviewer)
        )

    def _field(self, asked: _SetField) -> dict[str, Any]:
        value = FieldValue(path=asked.path, value=asked.value, status=asked.status, was=asked.was)
        return answers.taken(
            self._desk.set_field(asked.document, value, reviewer=asked.reviewer, revision=asked.revision)
        )


def build_app(
    desk: Desk, pictures: Pictures, *, token: str, hosts: Collection[str] | None, lang: Language
) -> ASGIApp:
    """The application behind its door.

    Args:
        desk: what it serves.
        pictures: of the originals.
        token: the first part of every path.
        hosts: names under which it may be called; None for any.
        lang: of the pages, where the browser asks for no other.
    """
    pages = Pages(desk, pictures, lang)
    app = Starlette(routes=pages.routes(), exception_handlers={Exception: pages.fault})
    return Guard(app, token=token, hosts=hosts)
