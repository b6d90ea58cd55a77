#pragma once

#include <memory>
#include <utility>

#include "issuance/ocsp/responder.h"
#include "issuance/ocsp/responder_certificate.h"
#include "issuance/testing/test_ca.h"
#include "x509/ocsp_response.h"

// For the tests of this folder: a CA, and the responder to which it has delegated answering.
namespace everseal::issuance::ocsp {

struct TestResponder {
  testing::TestCa ca;
  testing::Applying applying;
  x509::Certificate certificate;
  Responder responder;

  static TestResponder make(crypto::KeyAlgorithm algorithm = crypto::KeyAlgorithm::P256,
                            std::chrono::seconds lifetime = std::chrono::days(30)) {
    auto ca = testing::TestCa::root(algorithm);
    testing::Applying applying(algorithm);
    auto certificate = issue(ca, applying, lifetime);
    auto responder =
        Responder::delegated(ca.certificate, certificate, applying.key, ca.algorithm()).value();
    return {std::move(ca), std::move(applying), std::move(certificate), std::move(responder)};
  }

  static x509::Certificate issue(testing::TestCa& ca, const testing::Applying& applying,
                                 std::chrono::seconds lifetime = std::chrono::days(30)) {
    const auto issued =
        issue_responder_certificate(ca.issuer, ca.certificate,
                                    {.public_key_info = applying.key->public_key_info(),
                                     .signature_algorithm = ca.algorithm(),
                                     .lifetime = lifetime},
                                    testing::noon, ca.random);
    return x509::Certificate::parse(issued.value().der).value();
  }

  x509::OcspCertId id(std::string_view serial, x509::OcspHash hash = x509::OcspHash::Sha1) const {
    return {responder.issuer(hash), x509::SerialNumber::parse(serial).value()};
  }
  Window day() const { return responder.window(testing::noon, std::chrono::hours(24)); }
};

inline x509::OcspRevoked revoked_for(x509::CrlReason reason) {
  return {testing::at("2025-02-28T10:20:30Z"), reason};
}

}  // namespace everseal::issuance::ocsp
