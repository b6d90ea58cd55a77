#!/usr/bin/env python3
"""Writes the signed requests beside this file, made by botocore, for review.

Needs botocore; neither the build nor the tests do. Run it after adding a case, and read the diff:
    python3 tests/golden/sigv4/record.py
"""
import datetime
import hashlib
import pathlib
from urllib.parse import urlsplit

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.compat import HTTPHeaders
from botocore.credentials import Credentials

NOW = datetime.datetime(2025, 1, 2, 3, 4, 5)
KEY, SECRET = "AKIAEXAMPLEKEY000001", "example/Secret+Key/For+Documentation/0001"
TOKEN = "EXAMPLETOKEN//////////EXAMPLE="
BASE = "https://pki.example.internal:8443"
FORM = ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
JSON = ("Content-Type", "application/x-amz-json-1.1")
ACM = ("X-Amz-Target", "CertificateManager.ListCertificates")

H, S3H = botocore.auth.SigV4Auth, botocore.auth.S3SigV4Auth
Q, S3Q = botocore.auth.SigV4QueryAuth, botocore.auth.S3SigV4QueryAuth

# name, signer, service, method, path and query, headers, body, more
CASES = [
    ("a query call", H, "elasticloadbalancing", "POST", "/", [FORM],
     b"Action=DescribeTrustStores&Version=2015-12-01", {}),
    ("a lambda invoked by its arn", H, "lambda", "POST",
     "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-west-1%3A111122223333%3Afunction%3Ademo/invocations",
     [("X-Amz-Log-Type", "Tail")], b"{}", {}),
    ("a presigned object", S3Q, "s3", "GET", "/demo-bucket/a%20b%2Bc/%C3%A9.txt", [], b"", {}),
    ("a presigned object with a session token", S3Q, "s3", "GET",
     "/demo-bucket/a%20b%2Bc/%C3%A9.txt", [], b"", {"token": TOKEN}),
    ("a json call", H, "acm", "POST", "/", [JSON, ACM], b"{}", {}),
    ("a json call with a session token", H, "acm-pca", "POST", "/", [JSON, ACM], b"{}",
     {"token": TOKEN}),
    ("a json call that declares the hash of its body", H, "acm", "POST", "/",
     [JSON, ACM, ("X-Amz-Content-Sha256", hashlib.sha256(b'{"a":1}').hexdigest())],
     b'{"a":1}', {}),
    ("a json call whose body is not ascii", H, "acm", "POST", "/", [JSON, ACM],
     '{"Name":"Zürich ☃"}'.encode(), {}),
    ("a date header instead of x-amz-date", H, "events", "POST", "/",
     [JSON, ("Date", "now")], b"{}", {}),
    ("a call in another region", H, "acm", "POST", "/", [JSON, ACM], b"{}",
     {"region": "ap-southeast-2"}),
    ("a path with dots and double slashes", H, "lambda", "GET",
     "/2015-03-31/./functions//x/../demo/", [], b"", {}),
    ("a path that climbs above its root", H, "lambda", "GET", "/../../a", [], b"", {}),
    ("a path encoded twice", H, "lambda", "GET", "/a%2520b/~c/d%2Fe", [], b"", {}),
    ("headers with spaces and repetitions", H, "lambda", "GET", "/",
     [("X-Amz-Meta", "  two   spaces  "), ("My-List", "b"), ("My-List", " a  c "),
      ("X-Tab", "one\ttab")], b"", {}),
    ("an empty header", H, "lambda", "GET", "/", [("X-Amz-Empty", "")], b"", {}),
    ("headers that proxies change", H, "acm", "POST", "/",
     [JSON, ACM, ("User-Agent", "aws-cli/1.45"), ("Expect", "100-continue"),
      ("Connection", "keep-alive"), ("X-Amzn-Trace-Id", "Root=1-2")], b"{}", {}),
    ("a query with names out of order", H, "lambda", "GET",
     "/2015-03-31/functions/?b=2&a=3&a=1&a-b=0&A=9", [], b"", {}),
    ("a query with empty values", H, "lambda", "GET", "/?empty=&none&%20=x", [], b"", {}),
    ("a query that is not ascii", H, "lambda", "GET", "/?name=%C3%A9%20%2B%2F%3D~-._&z=%25", [],
     b"", {}),
    ("an object with odd letters", S3H, "s3", "GET",
     "/demo-bucket/a%20b%2Bc/%C3%A9%25%26~-._%21%27%28%29%2A.txt", [], b"", {}),
    ("an object whose key has dots and slashes", S3H, "s3", "GET",
     "/demo-bucket/./a//../b/", [], b"", {}),
    ("an object put", S3H, "s3", "PUT", "/demo-bucket/k.txt",
     [("Content-Type", "text/plain"), ("x-amz-meta-owner", "ops  team")], b"hello", {}),
    ("an object put whose body is not signed", S3H, "s3", "PUT", "/demo-bucket/k.txt",
     [("Content-MD5", "XUFAKrxLKna5cZ2REBfFkg==")], b"hello", {"streaming": True}),
    ("a sub-resource without a value", S3H, "s3", "GET", "/demo-bucket?uploads", [], b"", {}),
    ("a listing of objects", S3H, "s3", "GET",
     "/demo-bucket?list-type=2&prefix=a%2Fb%20c&delimiter=%2F&encoding-type=url", [], b"", {}),
    ("a presigned upload with a content type", S3Q, "s3", "PUT", "/demo-bucket/k.txt",
     [("Content-Type", "text/plain")], b"any body", {}),
    ("a presigned object with response headers", S3Q, "s3", "GET",
     "/demo-bucket/k.txt?response-content-type=text%2Fplain&versionId=3%2F4", [], b"", {}),
    ("a presigned caller identity", Q, "sts", "GET",
     "/?Action=GetCallerIdentity&Version=2011-06-15", [("X-K8s-Aws-Id", "cluster")], b"",
     {"expires": 60}),
    ("a presigned caller identity of a session", Q, "sts", "GET",
     "/?Action=GetCallerIdentity&Version=2011-06-15", [], b"", {"token": TOKEN, "expires": 60}),
]


def signed(signer, service, method, target, headers, body, more):
    data = b"" if signer in (Q, S3Q) else body  # not a part of what is presigned
    request = AWSRequest(method=method, url=BASE + target, data=data)
    request.headers = HTTPHeaders()
    for name, value in headers:
        request.headers.add_header(name, value)
    if more.get("streaming"):
        request.context["has_streaming_input"] = True
    credentials = Credentials(KEY, SECRET, more.get("token"))
    extra = {"expires": more.get("expires", 3600)} if signer in (Q, S3Q) else {}
    auth = signer(credentials, service, more.get("region", "eu-west-1"), **extra)
    seen = []
    wrapped = auth.canonical_request

    def canonical_request(prepared):
        seen.append(wrapped(prepared))
        return seen[-1]

    auth.canonical_request = canonical_request
    auth.add_auth(request)
    return request, seen[-1]


def main():
    botocore.auth.get_current_datetime = lambda remove_tzinfo=True: NOW
    folder = pathlib.Path(__file__).parent
    for old in folder.glob("*.request"):
        old.unlink()
    for name, signer, service, method, target, headers, body, more in CASES:
        request, canonical = signed(signer, service, method, target, headers, body, more)
        parts = urlsplit(request.url)
        target = (parts.path or "/") + ("?" + parts.query if parts.query else "")
        lines = ["service: " + service, "region: " + more.get("region", "eu-west-1"),
                 "token: " + more.get("token", ""),
                 "canonical-sha256: " + hashlib.sha256(canonical.encode()).hexdigest(), "",
                 f"{method} {target} HTTP/1.1", "Host: " + parts.netloc]
        lines += [f"{header}: {value}" for header, value in request.headers.items()]
        text = "\n".join(lines).encode() + b"\n\n" + body
        (folder / (name.replace(" ", "_") + ".request")).write_bytes(text)
    print(len(CASES), "requests written")


if __name__ == "__main__":
    main()
