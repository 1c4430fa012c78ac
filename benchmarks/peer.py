"""The plain script that Landfall is compared with: sends every member, every time, over one connection."""

import csv
import http.client
import json
import sys
from urllib.parse import urlsplit

url, audience = sys.argv[1:]
connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)


def call(method, path, body=None, headers=None):
    connection.request(method, path, body=body, headers=headers or {})
    response = connection.getresponse()
    return response.status, response.read()


status, body = call(
    "POST",
    "/Auth/connect/token",
    "grant_type=client_credentials&client_id=benchmark&client_secret=benchmark",
    {"Content-Type": "application/x-www-form-urlencoded"},
)
authorized = {"Authorization": "Bearer " + json.loads(body)["access_token"], "Accept": "application/json"}
failed = 0
with open(audience, newline="") as rows:
    for row in csv.DictReader(rows):
        path = "/api/groups/promotionalMember/VIP-2026/members/" + row["member_internal_id"]
        status, _ = call("PUT", path, headers=authorized)
        failed += status not in (200, 204)
sys.exit(failed > 0)
