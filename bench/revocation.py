#!/usr/bin/python3
"""How long it takes from RevokeCertificate's answer until everything that checks revocation knows.

Usage: revocation.py fill DATA_DIRECTORY CA_ARN COUNT
       revocation.py forgotten DATA_DIRECTORY
       revocation.py measure CA_ARN BUCKET PUBLICATION_URL CERTIFICATES FOLDER
       revocation.py publish CA_ARN BUCKET SERVER_PID PUBLICATIONS FOLDER

`fill` makes COUNT revoked certificates of the CA, for a large list; the server must not be running,
and the clones are not in the issuance log. `forgotten` waits until the server, whose CA was told to
have no OCSP, has dropped the answers that it had signed beforehand. `measure` revokes CERTIFICATES
one after the other and prints, in milliseconds, the 99th percentile until the CRL in the bucket,
the CRL over HTTP and the OCSP answer say so. `publish` revokes one after the other, waits for the
CRL of each, and prints how much processor time the server took for one (the median), how much
reading and hashing the same octets once takes here, both in milliseconds, and how many megabytes
its memory grew by after the first few. Endpoint and credentials come from the environment.
"""
import glob
import hashlib
import json
import os
import re
import sqlite3
import statistics
import subprocess
import sys
import time
import urllib.request

DAY_MS = 86_400_000


def der(tag, content):
    size = len(content)
    length = bytes([size]) if size < 128 else bytes([0x82]) + size.to_bytes(2, "big")
    return bytes([tag]) + length + content


def entry(serial, moment):
    """One revokedCertificates entry, with the reason keyCompromise."""
    reason = der(0x30, der(0x06, bytes([0x55, 0x1D, 0x15])) + der(0x04, der(0x0A, b"\x01")))
    number = (b"\x00" if serial[0] & 0x80 else b"") + serial
    stamp = time.strftime("%y%m%d%H%M%SZ", time.gmtime(moment)).encode()
    return der(0x30, der(0x02, number) + der(0x17, stamp) + der(0x30, reason))


def fill(folder, arn, count):
    database = sqlite3.connect(f"{folder}/everseal.db", isolation_level=None)
    ca, = database.execute("SELECT id FROM acmpca_certificate_authority WHERE arn = ?", (arn,)).fetchone()
    template = database.execute(
        "SELECT der, template, requested_by, issued_at, log_position FROM acmpca_certificate"
        " WHERE ca = ? ORDER BY id DESC LIMIT 1", (ca,)).fetchone()
    crl, = database.execute("SELECT id FROM acmpca_crl WHERE ca = ?", (ca,)).fetchone()
    run, = database.execute("SELECT COALESCE(MAX(run), -1) + 1 FROM acmpca_crl_run WHERE crl = ?", (crl,)).fetchone()
    number, = database.execute("SELECT COALESCE(MAX(number), 0) FROM acmpca_revocation WHERE ca = ?", (ca,)).fetchone()
    now = int(time.time())
    end = now * 1000 + 300 * DAY_MS
    in_a_run = 140
    database.execute("BEGIN IMMEDIATE")
    for first in range(0, count, in_a_run):
        serials = [b"\x01" + os.urandom(15) for _ in range(min(in_a_run, count - first))]
        database.executemany(
            "INSERT INTO acmpca_certificate (ca, serial, der, template, requested_by, issued_at, log_position)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)", [(ca, serial, *template) for serial in serials])
        database.executemany(
            "INSERT INTO acmpca_revocation (ca, serial, crl, revoked_at, reason, not_after, number)"
            " VALUES (?, ?, ?, ?, 1, ?, ?)",
            [(ca, serial, crl, now * 1000, end, number + 1 + first + at) for at, serial in enumerate(serials)])
        database.execute("INSERT INTO acmpca_crl_run (crl, run, first_end, ends, entries) VALUES (?, ?, ?, ?, ?)",
                         (crl, run, end, end.to_bytes(8, "big") * len(serials),
                          b"".join(entry(serial, now) for serial in serials)))
        run += 1
    database.execute("COMMIT")


def until(accept):
    """Asks until it is accepted; answers when."""
    for _ in range(100_000):
        if accept():
            return time.monotonic()
    raise SystemExit("the revocation did not arrive")


def forgotten(folder):
    database = sqlite3.connect(f"file:{folder}/everseal.db?mode=ro", uri=True)
    # One that was asked for while they were dropped may stay until it is due.
    while database.execute("SELECT count(*) FROM (SELECT 1 FROM acmpca_ocsp_answer LIMIT 100)").fetchone()[0] == 100:
        time.sleep(0.05)


def clients():
    import botocore.session
    session = botocore.session.get_session()
    return (session.create_client(name, endpoint_url=os.environ["AWS_ENDPOINT_URL"]) for name in ("acm-pca", "s3"))


def key_of(arn):
    return f"crl/{arn.rsplit('/', 1)[1]}.crl"


def new_certificate(pca, arn, folder):
    with open(f"{folder}/leaf.csr", "rb") as file:
        csr = file.read()
    return pca.issue_certificate(CertificateAuthorityArn=arn, Csr=csr, SigningAlgorithm="SHA256WITHECDSA",
                                 Validity={"Type": "DAYS", "Value": 30})["CertificateArn"]


def revoke(pca, arn, certificate):
    pca.revoke_certificate(CertificateAuthorityArn=arn, CertificateSerial=certificate.rsplit("/", 1)[1],
                           RevocationReason="KEY_COMPROMISE")


def measure(arn, bucket, publication, count, folder):
    pca, s3 = clients()
    key = key_of(arn)
    waits = {"bucket": [], "http": [], "ocsp": []}
    for _ in range(count):
        issued = new_certificate(pca, arn, folder)
        pem = pca.get_certificate(CertificateAuthorityArn=arn, CertificateArn=issued)["Certificate"]
        with open(f"{folder}/victim.pem", "w", encoding="ascii") as file:
            file.write(pem)
        subprocess.run(["openssl", "ocsp", "-issuer", f"{folder}/ca.pem", "-cert", f"{folder}/victim.pem",
                        "-no_nonce", "-reqout", f"{folder}/question.der"], check=True, stdout=subprocess.DEVNULL)
        with open(f"{folder}/question.der", "rb") as file:
            question = file.read()
        serial = bytes.fromhex(issued.rsplit("/", 1)[1])

        def asked():
            with urllib.request.urlopen(urllib.request.Request(publication, data=question)) as answer:
                return answer.read()

        good = asked()
        revoke(pca, arn, issued)
        since = time.monotonic()
        # certStatus [1] stands behind the serial number where [0] stood.
        waits["ocsp"].append(until(lambda: asked() != good) - since)
        waits["http"].append(until(
            lambda: serial in urllib.request.urlopen(f"{publication}/{key}").read()) - since)
        waits["bucket"].append(until(lambda: serial in s3.get_object(Bucket=bucket, Key=key)["Body"].read()) - since)
    result = {where: round(1000 * sorted(times)[int(0.99 * (len(times) - 1))]) for where, times in waits.items()}
    print(json.dumps(result))


def processor_ms(pid):
    """What all threads of the process have run for so far."""
    total = 0
    for path in glob.glob(f"/proc/{pid}/task/*/schedstat"):
        with open(path, encoding="ascii") as file:
            total += int(file.read().split()[0])
    return total / 1e6


def anonymous_mb(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        return int(re.search(r"RssAnon:\s+(\d+)", file.read())[1]) / 1024


def published():
    with urllib.request.urlopen(os.environ["AWS_ENDPOINT_URL"] + "/metrics") as answer:
        return int(re.search(r"^everseal_crls_published_total\S* (\d+)", answer.read().decode(), re.M)[1])


def floor_ms(octets):
    """Reads the octets once, in blocks that stay in the cache, and hashes them once."""
    since = time.process_time()
    digest = hashlib.sha256()
    block = bytearray(65536)
    source = memoryview(octets)
    for first in range(0, len(octets), len(block)):
        piece = source[first:first + len(block)]
        block[:len(piece)] = piece
        digest.update(block[:len(piece)] if len(piece) < len(block) else block)
    return (time.process_time() - since) * 1000


def publish(arn, bucket, pid, count, folder):
    pca, s3 = clients()
    times, floors, sizes = [], [], []
    octets = s3.get_object(Bucket=bucket, Key=key_of(arn))["Body"].read()
    for _ in range(count):
        certificate = new_certificate(pca, arn, folder)
        before = published()
        since = processor_ms(pid)
        revoke(pca, arn, certificate)
        while published() == before:
            time.sleep(0.05)  # to ask costs the server time, too
        times.append(processor_ms(pid) - since)
        floors.append(floor_ms(octets))
        sizes.append(anonymous_mb(pid))
    print(json.dumps({"publication_ms": round(statistics.median(times), 1), "floor_ms": round(statistics.median(floors), 1),
                      "grown_mb": round(max(sizes) - sizes[min(8, count) - 1], 1), "octets": len(octets)}))


if __name__ == "__main__":
    if sys.argv[1] == "fill":
        fill(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    elif sys.argv[1] == "forgotten":
        forgotten(sys.argv[2])
    elif sys.argv[1] == "publish":
        publish(sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]), sys.argv[6])
    else:
        measure(sys.argv[2], sys.argv[3], sys.argv[4], int(sys.argv[5]), sys.argv[6])
