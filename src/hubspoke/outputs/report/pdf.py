"""Print a page to PDF with an installed browser."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from typing import TYPE_CHECKING

from hubspoke.base.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
PDF_SECONDS = 120


def print_pdf(page: Path, file: Path) -> None:
    """Print a page to PDF with an installed browser.

    Parameters
    ----------
    page : Path
        HTML file, absolute.
    file : Path
        The PDF to write.

    Raises
    ------
    UsageError
        No browser is installed, or it fails or takes longer than `PDF_SECONDS`.
    """
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise UsageError("PDF needs a browser: install Chromium or Chrome, or print report.html from your own")
    with tempfile.TemporaryDirectory() as profile:
        command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer"]
        command += ["--disable-background-networking", f"--user-data-dir={profile}", f"--print-to-pdf={file}"]
        try:
            done = subprocess.run([*command, page.as_uri()], capture_output=True, check=False, timeout=PDF_SECONDS)  # noqa: S603
        except (OSError, subprocess.TimeoutExpired) as error:
            raise UsageError(
                f"{browser} could not print the report ({error}); print report.html from your own"
            ) from error
    if done.returncode or not file.is_file():
        raise UsageError(f"{browser} could not print the report; print report.html from your own")
