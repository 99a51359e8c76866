"""Times the pages as a phone shows them: a slow processor, a mobile network, a real Chromium. Prints a table.

    python -m bench.site [ADDRESS]     an archive that is being served; without one the samples are, for the run

First and largest contentful paint and blocking time in milliseconds, medians of RUNS loads with an empty cache;
layout shift is the sum over a load; `typing` is the longest task while a word is typed into the search box;
weight is what goes over the wire. The processor is slowed down 4 times, the network is Lighthouse's slow 4G
(150 ms, 1.6 Mbit/s), simulated by Chromium.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

from archive.settings import Settings
from tests.browser.conftest import ARGUMENTS
from tests.conftest import PROJECT
from tests.web.serving import served

RUNS = 5
SLOWDOWN = 4
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 204_800, "uploadThroughput": 96_000}
WATCH = """
window.seen = { lcp: 0, shift: 0, blocked: 0, longest: 0 };
new PerformanceObserver((list) => { for (const one of list.getEntries()) seen.lcp = one.startTime; })
  .observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver((list) => { for (const one of list.getEntries()) seen.shift += one.value; })
  .observe({ type: "layout-shift", buffered: true });
new PerformanceObserver((list) => { for (const one of list.getEntries()) {
  seen.blocked += one.duration - 50; seen.longest = Math.max(seen.longest, one.duration); } })
  .observe({ type: "longtask", buffered: true });
"""
READ = """() => ({ ...seen, fcp: performance.getEntriesByName("first-contentful-paint")[0].startTime,
  weight: [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
    .reduce((sum, one) => sum + one.transferSize, 0) })"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """One load of one page; times in milliseconds, `weight_bytes` over the wire."""

    fcp: float
    lcp: float
    blocked: float
    shift: float
    weight_bytes: int


def load(browser: Browser, address: str) -> Load:
    """Load a page once as a phone with an empty cache does."""
    context = browser.new_context(locale="zh-CN", **PHONE)
    page = slowed(context.new_page())
    page.add_init_script(WATCH)
    page.goto(address, wait_until="networkidle")
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
    page.wait_for_timeout(500)
    seen: dict[str, Any] = page.evaluate(READ)
    context.close()
    return Load(
        fcp=seen["fcp"],
        lcp=seen["lcp"],
        blocked=seen["blocked"],
        shift=seen["shift"],
        weight_bytes=int(seen["weight"]),
    )


def slowed(page: Page) -> Page:
    """Slow down the page's processor and network."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    return page


def interaction(browser: Browser, address: str) -> float:
    """Return the longest time from a key pressed in the search box to the next drawing, in milliseconds."""
    context = browser.new_context(locale="zh-CN", **PHONE)
    page = slowed(context.new_page())
    page.add_init_script(
        """window.worst = 0; new PerformanceObserver((list) => { for (const one of list.getEntries())
        if (one.interactionId) window.worst = Math.max(window.worst, one.duration); })
        .observe({ type: "event", durationThreshold: 16, buffered: true });"""
    )
    page.goto(address, wait_until="networkidle")
    page.locator('input[type="search"]').last.press_sequentially("gongkai", delay=200)
    page.wait_for_timeout(800)
    worst: float = page.evaluate("window.worst")
    context.close()
    return worst


def pages_of(address: str) -> dict[str, str]:
    """Return the pages to load: front, a search, and of the hits the report with most numbers and cited documents."""
    hits = _answer(f"{address}api/search?q=%E5%85%AC%E5%BC%80&size=50")["hits"]
    reports = (_answer(f"{address}api/reports/{hit['id']}") for hit in hits)
    longest = max(reports, key=lambda report: len(report["indicators"]) + len(report["citations"]))
    return {
        "front": address,
        "search": f"{address}search?q=%E5%85%AC%E5%BC%80",
        "report": f"{address}r/{longest['id']}",
    }


def _answer(address: str) -> dict[str, Any]:
    with urlopen(address, timeout=60) as answer:
        found: dict[str, Any] = json.load(answer)
    return found


@contextmanager
def archive_served(given: str | None) -> Iterator[str]:
    """Give the address of the archive to measure: the given one, or the samples in a folder of their own."""
    if given:
        yield given.rstrip("/") + "/"
        return
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "data"
        command = [sys.executable, "ingest.py", "add", "samples/pages", "samples/warc"]
        subprocess.run(command, cwd=PROJECT, env={"ARCHIVE_HOME": str(home)}, check=True, capture_output=True)
        with served(Settings(home=home), "--port", "0") as address:
            yield address


def main() -> None:
    """Print one line for each page."""
    with (
        archive_served(sys.argv[1] if len(sys.argv) > 1 else None) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        print(f"{'page':8} {'FCP ms':>8} {'LCP ms':>8} {'blocked':>8} {'shift':>8} {'typing':>8} {'KB':>8}")
        for name, page in pages_of(address).items():
            loads = [load(browser, page) for _ in range(RUNS)]
            worst = interaction(browser, page)
            fcp, lcp, blocked = (
                median(values)
                for values in zip(*((one.fcp, one.lcp, one.blocked) for one in loads), strict=True)
            )
            shift, weight = max(one.shift for one in loads), loads[0].weight_bytes / 1000
            print(f"{name:8} {fcp:8.0f} {lcp:8.0f} {blocked:8.0f} {shift:8.4f} {worst:8.0f} {weight:8.1f}")
        browser.close()


if __name__ == "__main__":
    main()
