"""axe-core on the page as it stands, and what axe does not measure: reflow and target size."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from .browsers import Browser

SOURCE = Path(__file__).parents[1] / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SMALLEST_TARGET_PX = 44

RUN = """async (rules) => {
  const how = { runOnly: rules, resultTypes: ['violations'], preload: false }
  const found = await axe.run(document, how)
  return found.violations.map(v => ({ id: v.id, help: v.help,
    nodes: v.nodes.map(n => n.html.slice(0, 200) + ' -- ' + n.failureSummary) }))
}"""

# A control may be small where its label enlarges it, and a link may sit in a sentence (2.5.8).
SMALL = """(least) => {
  const controls = 'a[href], button, input, select, textarea, summary, [role=button],'
    + '[role=radio], [tabindex="0"]'
  const seen = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  const boxes = (e) => [e, ...e.labels ?? []].map(one => one.getBoundingClientRect())
  const inSentence = (e) => getComputedStyle(e).display === 'inline'
    && e.parentElement.textContent.trim().length > e.textContent.trim().length
  const small = (b) => b.width > 1 && b.height > 1
    && (b.height < least - 0.5 || b.width < least - 0.5)
  return [...document.querySelectorAll(controls)]
    .filter(e => seen(e) && !e.disabled && !inSentence(e) && e.type !== 'hidden')
    .map(e => [e, ...boxes(e)])
    .filter(([e, ...all]) => all.some(small) && all.every(b => small(b) || b.width <= 1))
    .map(([e, b]) => `${Math.round(b.width)}x${Math.round(b.height)} ${e.outerHTML.slice(0, 120)}`)
}"""

# A colour on its way to another is nobody's fault.
STILL = (
    "() => Promise.all(document.getAnimations().map(one => one.finished.catch(() => 0)))"
    ".then(() => 0)"
)

WIDE = """() => {
  const most = document.documentElement.clientWidth
  const over = document.documentElement.scrollWidth - most
  if (over <= 0) return []
  return ['by ' + over + ' px', ...[...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > most + 1)
    .map(e => e.outerHTML.slice(0, 120)).slice(0, 5)]
}"""


def faults(browser: Browser) -> list[dict[str, Any]]:
    """Every violation axe finds, each with its elements."""
    browser.page.wait_for_load_state("load")
    browser.page.evaluate(STILL)
    with browser.unheard():
        browser.page.evaluate(SOURCE.read_text("utf-8"))
        found: list[dict[str, Any]] = browser.page.evaluate(RUN, RULES)
    return found


def small_targets(page: Page) -> list[str]:
    """Visible controls under 44 px in either direction."""
    found: list[str] = page.evaluate(SMALL, SMALLEST_TARGET_PX)
    return found


def wider_than_the_screen(page: Page) -> list[str]:
    """What makes the page scroll sideways; empty when it does not."""
    found: list[str] = page.evaluate(WIDE)
    return found
