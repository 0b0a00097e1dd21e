"""A small `static/`: four files, the real service worker, a page that says its version."""

from pathlib import Path

from walkapp import shell

REAL = shell.asset_folder("static")
APP_JS = """
import { version } from './version.js'
const policy = globalThis.trustedTypes?.createPolicy('app', { createScriptURL: (path) => path })
document.querySelector('main').textContent = `This is version ${version}`
navigator.serviceWorker.register(policy ? policy.createScriptURL('/sw.js') : '/sw.js',
  { scope: '/app/', updateViaCache: 'none' })
"""


def make(house: Path) -> Path:
    """Lay the files out below `house`; what is returned is its `static/`."""
    static = house / "static"
    for name in ("js", "css"):
        (static / name).mkdir(parents=True)
    (static / "js/boot.js").write_text("await import('./app.js')\n")
    (static / "js/app.js").write_text(APP_JS)
    write_version(static, 1)
    (static / "css/app.css").write_text("@layer base;\n")
    for name in ("sw.js", "no-worker.js"):
        (static / name).write_bytes((REAL / name).read_bytes())
    (house / "manifest.json").write_text("{}")
    return static


def write_version(static: Path, version: int) -> None:
    (static / "js/version.js").write_text(f"export const version = {version}\n")
