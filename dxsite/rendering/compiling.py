"""Templates into code: jinja2's own, without what these templates never need."""

from collections.abc import Callable
from functools import partial
from keyword import iskeyword
from typing import Any, ClassVar

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Macro
from markupsafe import Markup, escape
from markupsafe._speedups import _escape_inner

from dxsite.positions import Text

_AS_MARKUP: Callable[[str], Markup] = partial(str.__new__, Markup)
"""Markup(text) also asks whether the text is HTML already."""


class Environment(jinja2.Environment):
    """Templates that escape everything and know no callable that asks for their context.

    1. A value that is printed is escaped into a text, not into Markup: it is only joined.
    2. An attribute is read as in Python; of dictionaries, only those that a template itself
       writes give their items so. What is not there is an AttributeError in a template's line.
    3. Macros are called as in Python, with all that they take; those of an imported template are
       made once.
    4. Nothing is worked out in advance but the text itself: filters tell of this site, and the
       code may be kept for others.

    The HTML is that of plain jinja2, to the byte.
    """

    code_generator_class: type[CodeGenerator]

    def __init__(self, **settings: Any) -> None:
        super().__init__(autoescape=True, optimized=False, **settings)
        self.escaped = escaped
        self.macro = _Macro
        self.written = self.globals["dict"] = _Written
        self._components: dict[str, Any] = {}

    def component(self, name: str) -> Any:
        """The macros of a template."""
        found = self._components.get(name)
        if found is None:
            found = self._components[name] = self.get_template(name).module
        return found


def escaped(value: object) -> str:
    """A value as HTML."""
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[return-value]  # a str
    if kind is str:
        return _escape_inner(value)  # type: ignore[arg-type]
    if kind is Text:
        return _escape_inner(str(value))
    return escape(value)


class _Written(dict[str, Any]):
    """A dictionary that a template writes, as examples do, in place of a view."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"{name!r} is not among {list(self)}") from None


class _Macro(Macro):
    """A macro that is mostly called with all its arguments, in order."""

    def __init__(self, *told: Any) -> None:
        super().__init__(*told)
        takes_more = self.caller or self.catch_kwargs or self.catch_varargs
        self._takes = -1 if takes_more else self._argument_count

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        if len(args) == self._takes and not kwargs:
            return _AS_MARKUP(self._func(*args))
        made: str = super().__call__(*args, **kwargs)
        return made


class _Generator(CodeGenerator):
    """Writes Python for a template; see Environment."""

    _PLAIN: ClassVar = (nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Call)

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        if not isinstance(node, nodes.TemplateData | nodes.Const):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        if iskeyword(node.attr) or not isinstance(node.node, self._PLAIN):
            super().visit_Getattr(node, frame)
            return
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:  # noqa: N802
        self.write("environment.written(")
        super().visit_Dict(node, frame)
        self.write(")")

    def visit_Call(  # noqa: N802
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        if node.dyn_args or node.dyn_kwargs or not isinstance(node.node, self._PLAIN):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def macro_def(self, macro_ref: Any, frame: Frame) -> None:
        names = tuple(argument.name for argument in macro_ref.node.args)
        self.write(
            f"environment.macro(environment, macro, {getattr(macro_ref.node, 'name', None)!r},"
            f" {names!r}, {macro_ref.accesses_kwargs!r}, {macro_ref.accesses_varargs!r},"
            f" {macro_ref.accesses_caller!r}, {frame.eval_ctx.autoescape})"
        )

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        if node.with_context or not isinstance(node.template, nodes.Const):
            super()._import_common(node, frame)
            return
        self.write(f"environment.component({node.template.value!r})")


Environment.code_generator_class = _Generator
