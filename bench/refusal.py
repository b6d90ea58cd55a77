#!/usr/bin/python3
"""How long it takes from RevokeCertificate's answer until a load balancer refuses the client.

Usage: refusal.py CA_ARN CONNECTIONS REVOCATIONS FOLDER

Makes a load balancer whose listener verifies clients by a trust store that follows the CA, and
opens that many connections, each with a certificate of its own. Then it revokes one after the other
and waits until the client gets no new connection and its old one is refused, too; all others are
asked again then. Prints the median and the 99th percentile of the waits in milliseconds, and how
many others were refused. FOLDER has key.pem and leaf.csr. Endpoint and credentials come from the
environment. Debian's SDK is older than trust stores, so load balancing is spoken by hand.
"""
import json
import os
import re
import socket
import ssl
import statistics
import sys
import time
import urllib.parse
import urllib.request

import botocore.auth
import botocore.awsrequest
import botocore.session

PORT = 8443
REQUEST = b"GET / HTTP/1.1\r\nHost: edge\r\n\r\n"


class LoadBalancing:
    """Its API: a form, an answer in XML."""

    def __init__(self, session):
        self.url = os.environ["AWS_ENDPOINT_URL"]
        self.signer = botocore.auth.SigV4Auth(session.get_credentials(), "elasticloadbalancing",
                                              session.get_config_variable("region"))

    def ask(self, action, **parameters):
        form = {"Action": action, "Version": "2015-12-01"} | {name.replace("_", "."): value
                                                              for name, value in parameters.items()}
        request = botocore.awsrequest.AWSRequest("POST", self.url, data=urllib.parse.urlencode(form), headers={
            "Content-Type": "application/x-www-form-urlencoded"})
        self.signer.add_auth(request)
        made = urllib.request.Request(self.url, data=request.data.encode(), headers=dict(request.headers))
        with urllib.request.urlopen(made) as answer:
            return answer.read().decode()


def text_of(answer, name):
    return re.search(f"<{name}>([^<]*)</{name}>", answer)[1]


def until(accept, what):
    end = time.monotonic() + 60
    while time.monotonic() < end:
        found = accept()
        if found:
            return found
    raise SystemExit(f"{what}: not within a minute")


def server_certificate(acm, ca):
    arn = acm.request_certificate(DomainName="edge.corp.internal", KeyAlgorithm="EC_prime256v1",
                                  CertificateAuthorityArn=ca)["CertificateArn"]
    until(lambda: acm.describe_certificate(CertificateArn=arn)["Certificate"]["Status"] == "ISSUED", "a certificate")
    return arn


def load_balancer(acm, elb, ca):
    """Its ARN and its address."""
    store = elb.ask("CreateTrustStore", Name="bench", CaCertificatesBundleS3Bucket="none",
                    CaCertificatesBundleS3Key="none", Tags_member_1_Key="everseal:ca-arn", Tags_member_1_Value=ca)
    made = elb.ask("CreateLoadBalancer", Name="bench", Subnets_member_1="any")
    arn = text_of(made, "LoadBalancerArn")
    elb.ask("CreateListener", LoadBalancerArn=arn, Protocol="HTTPS", Port=PORT,
            Certificates_member_1_CertificateArn=server_certificate(acm, ca), MutualAuthentication_Mode="verify",
            MutualAuthentication_TrustStoreArn=text_of(store, "TrustStoreArn"),
            DefaultActions_member_1_Type="fixed-response",
            DefaultActions_member_1_FixedResponseConfig_StatusCode="200")
    return arn, text_of(made, "IpAddress")


class Client:
    """Somebody with a certificate, and one connection that stands."""

    def __init__(self, pca, ca, address, folder):
        with open(f"{folder}/leaf.csr", "rb") as file:
            csr = file.read()
        issued = pca.issue_certificate(CertificateAuthorityArn=ca, Csr=csr, SigningAlgorithm="SHA256WITHECDSA",
                                       Validity={"Type": "DAYS", "Value": 30})["CertificateArn"]
        pem = pca.get_certificate(CertificateAuthorityArn=ca, CertificateArn=issued)["Certificate"]
        with open(f"{folder}/client.pem", "w", encoding="ascii") as file:
            file.write(pem)
        self.serial = issued.rsplit("/", 1)[1]
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.context.check_hostname = False
        self.context.verify_mode = ssl.CERT_NONE
        self.context.load_cert_chain(f"{folder}/client.pem", f"{folder}/key.pem")
        self.address = address
        self.standing = None

    def connect(self):
        return self.context.wrap_socket(socket.create_connection((self.address, PORT), timeout=10))

    def is_answered(self, connection):
        connection.sendall(REQUEST)
        return connection.recv(4096).startswith(b"HTTP/1.1 200 ")

    def gets_in(self):
        try:
            with self.connect() as connection:
                return self.is_answered(connection)
        except OSError:
            return False

    def stands(self):
        try:
            if self.standing is None:
                self.standing = self.connect()
            return self.is_answered(self.standing)
        except OSError:
            return False


def measure(ca, connections, revocations, folder):
    session = botocore.session.get_session()
    pca, acm = (session.create_client(name, endpoint_url=os.environ["AWS_ENDPOINT_URL"]) for name in ("acm-pca", "acm"))
    elb = LoadBalancing(session)
    balancer, address = load_balancer(acm, elb, ca)
    try:
        live = [Client(pca, ca, address, folder) for _ in range(connections)]
        until(live[0].gets_in, "the listener")
        if not all(client.stands() for client in live):
            raise SystemExit("a good client was refused")
        waits, refused = [], 0
        for _ in range(revocations):
            victim = live.pop(0)
            pca.revoke_certificate(CertificateAuthorityArn=ca, CertificateSerial=victim.serial,
                                   RevocationReason="KEY_COMPROMISE")
            since = time.monotonic()
            until(lambda: not victim.gets_in() and not victim.stands(), "a refusal")
            waits.append(1000 * (time.monotonic() - since))
            live.append(Client(pca, ca, address, folder))
            refused += sum(not client.stands() for client in live)
        waits.sort()
        print(json.dumps({"median": round(statistics.median(waits)), "p99": round(waits[int(0.99 * (len(waits) - 1))]),
                          "refused": refused}))
    finally:
        elb.ask("DeleteLoadBalancer", LoadBalancerArn=balancer)  # a server with data would leave HAProxy running


if __name__ == "__main__":
    measure(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
