"""The peers' packages: the versions that are measured, and which of their files a form needs."""

import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from bench.sync.places import BUILT

FETCHED = BUILT / "capture" / "packages"


@dataclass(frozen=True)
class Package:
    """One published package, and its files that a browser gets; a name may hold `*`."""

    name: str
    version: str
    files: tuple[str, ...]

    @property
    def archive(self) -> Path:
        plain = self.name.removeprefix("@").replace("/", "-")
        return FETCHED / f"{plain}-{self.version}.tgz"


# What each calls its smallest build for a form that is shown and filled in; nothing that designs.
# survey-core is at 3 already; the newest survey-js-ui draws this one and no other.
SURVEYJS = (
    Package("survey-core", "2.5.38", ("survey.core.min.js", "survey-core.fontless.min.css")),
    Package("survey-js-ui", "2.5.38", ("survey-js-ui.min.js",)),
)
BUNDLES = {
    "SurveyJS": SURVEYJS,
    # Its map is fetched when a form has one. Vue is asked of whoever uses it.
    "ODK Web Forms": (
        Package("@getodk/web-forms", "0.22.0", ("dist/index*.js",)),
        Package("vue", "3.5.45", ("dist/vue.runtime.esm-browser.prod.js",)),
    ),
    "Form.io": (
        Package("@formio/js", "5.6.0", ("dist/formio.form.min.js", "dist/formio.form.min.css")),
    ),
}


def install() -> None:
    """Fetch what is not there yet, as it was published; nothing of it is run."""
    packages = [one for bundle in BUNDLES.values() for one in bundle]
    missing = [one for one in packages if not one.archive.exists()]
    if not missing:
        return
    if not shutil.which("npm"):
        raise SystemExit("bench.capture needs Node.js with npm: the peers come from there.")
    FETCHED.mkdir(parents=True, exist_ok=True)
    print("Fetching the peers ...", flush=True)
    words = ["npm", "pack", "--ignore-scripts", "--loglevel=error", "--pack-destination", FETCHED]
    named = [f"{one.name}@{one.version}" for one in missing]
    subprocess.run([*words, *named], cwd=FETCHED, check=True, stdout=subprocess.DEVNULL)


def contents(bundle: tuple[Package, ...]) -> dict[str, bytes]:
    """The wanted files by their plain names."""
    return {name: data for one in bundle for name, data in _files(one)}


def _files(package: Package) -> list[tuple[str, bytes]]:
    found = []
    with tarfile.open(package.archive) as archive:
        for member in archive.getmembers():
            path = Path(*Path(member.name).parts[1:])  # below the archive's one folder
            if any(fnmatch(str(path), one) for one in package.files):
                found.append((path.name, archive.extractfile(member).read()))
    assert len(found) >= len(package.files), f"{package.name} {package.version}: {found}"
    return found
