"""What a person does at a terminal and in a browser: calls a program, opens the address that it tells, fills in the forms that come, and follows where they lead.

  browser.py COMMAND…

The program's standard input and standard error are a terminal; what it says there comes out as standard error, and its standard output and its status are this program's. A
form's own values are sent back with it; its fields are filled in for alice. Cookies are kept for the one host of each address, scripts are not run.
"""

import html
import http.client
import os
import re
import subprocess
import sys
from urllib.parse import urlencode, urljoin, urlsplit


class Browser:
    def __init__(self, fields):
        self.fields, self.cookies = fields, {}
        # Where it is, also after nobody answered there.
        self.address = None

    def ask(self, method, address, form=None):
        """The answer to one request: its status, where it leads to, and its text."""
        parts = urlsplit(address)
        jar = self.cookies.setdefault(parts.netloc, {})
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in jar.items())} if jar else {}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection(parts.netloc, timeout=30)
        connection.request(method, (parts.path or "/") + ("?" + parts.query if parts.query else ""), form and urlencode(form), headers)
        response = connection.getresponse()
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, value = cookie.split(";")[0].split("=", 1)
            jar[name] = value
        return response.status, response.headers.get("Location"), response.read().decode()

    def open(self, address):
        """The page at which this ends."""
        method, form, self.address = "GET", None, address
        for _ in range(30):
            status, location, text = self.ask(method, self.address, form)
            found = re.search(r"<form[^>]*>", text)
            if status in (301, 302, 303, 307, 308):
                method, form, self.address = "GET", None, urljoin(self.address, location)
            elif found:
                method, form = "POST", self.filled(text)
                action = re.search(r'action="([^"]*)"', found[0])
                self.address = urljoin(self.address, html.unescape(action[1]) if action else "")
            else:
                return status, self.address, re.sub(r"\s+", " ", re.sub(r"<style.*?</style>|<[^>]*>", " ", text, flags=re.S)).strip()
        raise RuntimeError("there is no end to it: " + self.address)

    def filled(self, text):
        form = {}
        for field in re.findall(r"<input[^>]*>", text):
            value = dict(re.findall(r'(\w+)="([^"]*)"', field))
            if "name" in value:
                form[html.unescape(value["name"])] = html.unescape(value.get("value", ""))
        return {**form, **{name: value for name, value in self.fields.items() if name in form}}


def read(terminal):
    """What the program says next; nothing once it has ended."""
    try:
        return os.read(terminal, 65536).decode()
    except OSError:
        return ""


def main():
    terminal, of_program = os.openpty()
    program = subprocess.Popen(sys.argv[1:], stdin=of_program, stdout=subprocess.PIPE, stderr=of_program)
    os.close(of_program)
    told, page = "", None
    while said := read(terminal):
        told += said
        found = page is None and re.search(r"(http://\S*(?:code_challenge|user_code)=\S*)\s", told)
        if found:
            page = Browser({"login": "alice", "password": "alice-password"}).open(found[1])
    print(told, page, file=sys.stderr)
    print(program.communicate()[0].decode(), end="")
    return program.returncode


if __name__ == "__main__":
    sys.exit(main())
