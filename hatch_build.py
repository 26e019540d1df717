"""Build hook: compiles the package's Cython modules in place, so that an editable install and a wheel hold them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent


def compile_extensions() -> list[Path]:
    """Compile every ``.pyx`` below ``restore`` beside its source and return the shared objects."""
    from Cython.Build import cythonize
    from setuptools import Distribution, Extension

    sources = sorted((ROOT / "restore").rglob("*.pyx"))
    extensions = [
        Extension(
            ".".join(source.relative_to(ROOT).with_suffix("").parts),
            [str(source.relative_to(ROOT))],
            # no infinities or signed zeros anywhere: minima become one instruction
            extra_compile_args=[
                "-O3",
                "-fno-math-errno",
                "-ffinite-math-only",
                "-fno-signed-zeros",
                "-fno-trapping-math",
            ],
            language="c++",
        )
        for source in sources
    ]
    modules = cythonize(extensions, language_level=3, quiet=True, build_dir="build/cython")
    distribution = Distribution({"name": "restore", "ext_modules": modules})
    command: Any = distribution.get_command_obj("build_ext")
    command.inplace = True
    command.ensure_finalized()
    command.run()
    return sorted(path for source in sources for path in source.parent.glob(f"{source.stem}.*.so"))


class CustomBuildHook(BuildHookInterface):
    """Adds the compiled modules to whatever hatchling builds."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel":
            return
        outputs = compile_extensions()
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        build_data["artifacts"] += [f"/{path.relative_to(ROOT)}" for path in outputs]


if __name__ == "__main__":
    for path in compile_extensions():
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")
