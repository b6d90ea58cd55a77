#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <memory>

#include "asn1/der_writer.h"
#include "asn1/pem.h"
#include "asn1/time.h"
#include "clock/time_text.h"
#include "crypto/private_key.h"
#include "encoding/hex.h"
#include "x509/certificate.h"
#include "x509/certificate_builder.h"
#include "x509/csr.h"
#include "x509/csr_builder.h"
#include "x509/extension_writer.h"
#include "x509/key_identifier.h"
#include "x509/name.h"
#include "x509/serial_number.h"

namespace everseal::x509 {
namespace {

using asn1::DerWriter;
using asn1::Tag;
using crypto::SignatureAlgorithm;

Bytes hex(std::string_view text) { return encoding::from_hex(text).value(); }
TimePoint at(std::string_view iso8601) { return parse_iso8601(iso8601).value(); }

template <class Body>
Bytes der(Body body) {
  DerWriter out;
  body(out);
  return std::move(out).take();
}

Name name_of(std::string_view common_name) {
  return NameBuilder().add(oids::kCommonName, common_name).build().value();
}

// ---- TbsCertificate

const crypto::PrivateKey& key() {
  static const auto made = crypto::PrivateKey::generate(crypto::KeyAlgorithm::P256).value();
  return made;
}

// The fields of a TBSCertificate as DER; a test breaks one.
struct Parts {
  Bytes version = hex("a003020102");
  Bytes serial = hex("02020a1b");
  Bytes algorithm = hex("300a06082a8648ce3d040302");
  Bytes issuer = to_bytes(name_of("issuer").der());
  Bytes validity = der([](DerWriter& out) {
    out.sequence([&] {
      out.time(at("2025-01-01T00:00:00Z"));
      out.time(at("2026-01-01T00:00:00Z"));
    });
  });
  Bytes subject = to_bytes(name_of("subject").der());
  Bytes public_key_info = key().public_key_info();
  Bytes unique_ids = {};
  Bytes extensions = hex("a30f300d300b0603551d0f040403020780");

  Bytes der_of_tbs() const {
    return der([&](DerWriter& out) {
      out.sequence([&] {
        for (const auto* part : {&version, &serial, &algorithm, &issuer, &validity, &subject,
                                 &public_key_info, &unique_ids, &extensions}) {
          out.raw(*part);
        }
      });
    });
  }
};

std::string refusal(const Parts& parts) {
  const auto tbs = TbsCertificate::parse(parts.der_of_tbs());
  return tbs ? "" : tbs.error().cause;
}

// The last words of the refusal, behind the octet where it happened.
std::string why(const Parts& parts) {
  const auto cause = refusal(parts);
  return cause.empty() ? "" : cause.substr(cause.rfind(": ") + 2);
}

TEST(TbsCertificate, is_read_from_its_parts) {
  const auto tbs = TbsCertificate::parse(Parts().der_of_tbs()).value();
  EXPECT_EQ(tbs.version(), 3);
  EXPECT_EQ(tbs.serial().hex(), "0a:1b");
  EXPECT_EQ(tbs.issuer().text(), "CN=issuer");
  EXPECT_EQ(tbs.subject().text(), "CN=subject");
  EXPECT_EQ(to_bytes(tbs.public_key_info()), key().public_key_info());
  EXPECT_EQ(tbs.extensions().get<KeyUsage>().value(),
            KeyUsage::of({KeyUsageBit::DigitalSignature}));
  EXPECT_EQ(signature_algorithm(tbs.signature_algorithm()), SignatureAlgorithm::Sha256WithEcdsa);
}

TEST(TbsCertificate, is_readable_after_a_copy) {
  auto original =
      std::make_unique<TbsCertificate>(TbsCertificate::parse(Parts().der_of_tbs()).value());
  const TbsCertificate copy = *original;
  original.reset();
  EXPECT_EQ(to_bytes(copy.public_key_info()), key().public_key_info());
}

TEST(TbsCertificate, refuses_serials_that_are_not_positive_or_too_long) {
  EXPECT_EQ(why({.serial = hex("0201ff")}), "a negative serial number");
  EXPECT_EQ(why({.serial = hex("020100")}), "zero");
  EXPECT_EQ(why({.serial = hex("0203000a1b")}), "an integer that is not minimal");
  EXPECT_EQ(why({.serial = hex("021501" + std::string(40, '0'))}), "more than 20 octets");
  EXPECT_EQ(refusal({.serial = hex("021500" + std::string(40, 'f'))}), "");
}

TEST(TbsCertificate, refuses_versions_that_do_not_exist_or_do_not_fit) {
  EXPECT_EQ(why({.version = hex("a003020103")}), "a version other than v2 and v3");
  EXPECT_EQ(why({.version = hex("a003020100")}),
            "a version other than v2 and v3");                           // v1 is the default
  EXPECT_EQ(why({.version = hex("")}), "extensions need v3");            // extensions in v1
  EXPECT_EQ(why({.version = hex("a003020101")}), "extensions need v3");  // and in v2
  EXPECT_EQ(refusal({.version = hex(""), .extensions = {}}), "");
  EXPECT_EQ(refusal({.unique_ids = hex("81020001"
                                       "82020001")}),
            "");
  EXPECT_EQ(why({.version = {}, .unique_ids = hex("81020001"), .extensions = {}}),
            "a unique identifier in v1");
}

TEST(TbsCertificate, refuses_bad_times) {
  const auto validity = [](std::string_view not_before, std::string_view not_after) {
    return why(
        {.validity = der([&](DerWriter& out) {
           out.sequence([&] {
             out.text(not_before.size() == 13 ? Tag::UtcTime : Tag::GeneralizedTime, not_before);
             out.text(not_after.size() == 13 ? Tag::UtcTime : Tag::GeneralizedTime, not_after);
           });
         })});
  };
  EXPECT_EQ(validity("250101000000Z", "260101000000Z"), "");
  EXPECT_EQ(validity("250101000000Z", "250101000000Z"), "");
  EXPECT_EQ(validity("250101000000Z", "20500101000000Z"), "");
  EXPECT_EQ(validity("260101000000Z", "250101000000Z"), "notAfter before notBefore");  // backwards
  EXPECT_EQ(validity("250101000000Z", "20260101000000Z"),
            "from 1950 through 2049 it has to be UTCTime");  // the wrong type
  EXPECT_EQ(validity("2501010000000", "260101000000Z"), "not to the second in UTC");  // no seconds
  EXPECT_EQ(validity("250101000000Z", "260230000000Z"), "no such moment");            // no such day
}

TEST(TbsCertificate, refuses_broken_extensions) {
  EXPECT_EQ(why({.extensions = hex("a3023000")}), "a value is missing");  // none
  EXPECT_EQ(
      why({.extensions = hex("a31c301a300b0603551d0f040403020780300b0603551d0f040403020780")}),
      "extension 2.5.29.15 comes twice");
  EXPECT_EQ(why({.extensions = hex("a3123010300e0603551d0f010100040403020780")}),
            "critical FALSE is the default, which DER leaves out");
  EXPECT_EQ(refusal({.extensions = hex("a3123010300e0603551d0f0101ff040403020780")}), "");
  EXPECT_EQ(refusal({.extensions = {}}), "");
}

TEST(TbsCertificate, refuses_a_key_that_is_not_in_its_form) {
  EXPECT_EQ(why({.public_key_info = hex("3000")}), "a value is missing");
  EXPECT_EQ(why({.public_key_info = hex("300b300506032b65700302017e")}),
            "a BIT STRING that does not end with an octet");
}

TEST(TbsCertificate, refuses_lengths_that_are_not_der) {
  Bytes indefinite = Parts().der_of_tbs();
  indefinite[1] = 0x80;
  EXPECT_EQ(TbsCertificate::parse(indefinite).error().cause,
            "TBSCertificate: octet 0: an indefinite length");
  EXPECT_EQ(why({.serial = hex("0281020a1b")}), "the length is not minimal");
  EXPECT_FALSE(TbsCertificate::parse(Bytes(TbsCertificate::kMaxOctets + 1)));
}

TEST(Validity, contains_both_its_ends) {
  const Validity validity{at("2025-01-01T00:00:00Z"), at("2026-01-01T00:00:00Z")};
  EXPECT_TRUE(validity.contains(at("2025-01-01T00:00:00Z")));
  EXPECT_TRUE(validity.contains(at("2026-01-01T00:00:00.999Z")));
  EXPECT_FALSE(validity.contains(at("2026-01-01T00:00:01Z")));
  EXPECT_FALSE(validity.contains(at("2024-12-31T23:59:59.999Z")));
}

// ---- Certificate

TEST(Certificate, is_assembled_and_read_back) {
  const auto serial = SerialNumber::parse("80").value();
  const std::array extensions = {
      to_extension(BasicConstraints{}, Criticality::NotCritical),
      to_extension(SubjectAlternativeName{{DnsName{"a.example"}}}, Criticality::NotCritical)};
  const auto issuer = name_of("issuer");
  const auto subject = name_of("subject");
  const Bytes tbs = build_tbs({.serial = serial,
                               .signature_algorithm = SignatureAlgorithm::Sha256WithEcdsa,
                               .issuer = issuer.der(),
                               .validity = {at("2025-01-01T00:00:00.5Z"), asn1::no_expiry()},
                               .subject = subject.der(),
                               .public_key_info = key().public_key_info(),
                               .extensions = extensions});
  const auto algorithm = SignatureAlgorithm::Sha256WithEcdsa;
  const auto signature = key().sign(algorithm, tbs).value();
  const auto certificate =
      Certificate::parse(assemble_certificate(tbs, algorithm, signature)).value();
  EXPECT_EQ(to_bytes(certificate.tbs().der()), tbs);
  EXPECT_EQ(to_bytes(certificate.signature()), signature);
  EXPECT_EQ(certificate.serial(), serial);
  EXPECT_EQ(certificate.issuer(), issuer);
  EXPECT_EQ(certificate.subject(), subject);
  EXPECT_EQ(certificate.validity(), (Validity{at("2025-01-01T00:00:00Z"), asn1::no_expiry()}));
  EXPECT_FALSE(certificate.is_self_issued());
  EXPECT_TRUE(std::equal(extensions.begin(), extensions.end(), certificate.extensions().begin()));
}

TEST(Certificate, has_the_same_algorithm_inside_and_outside) {
  const Bytes tbs = Parts().der_of_tbs();
  EXPECT_TRUE(Certificate::parse(
      assemble_certificate(tbs, SignatureAlgorithm::Sha256WithEcdsa, hex("00"))));
  EXPECT_FALSE(Certificate::parse(
      assemble_certificate(tbs, SignatureAlgorithm::Sha384WithEcdsa, hex("00"))));
}

TEST(Certificate, comes_from_one_pem_block_and_a_chain_from_many) {
  const auto certificate =
      Certificate::parse(assemble_certificate(Parts().der_of_tbs(),
                                              SignatureAlgorithm::Sha256WithEcdsa, hex("00")))
          .value();
  EXPECT_EQ(Certificate::parse_pem(certificate.pem()).value(), certificate);
  EXPECT_FALSE(Certificate::parse_pem(certificate.pem() + certificate.pem()));
  const auto chain = Certificate::parse_pem_chain(certificate.pem() + certificate.pem()).value();
  EXPECT_EQ(chain, (std::vector{certificate, certificate}));
  EXPECT_EQ(to_pem(chain), certificate.pem() + certificate.pem());
  EXPECT_FALSE(Certificate::parse_pem_chain(certificate.pem() + asn1::Pem::print("X509 CRL", {})));
  EXPECT_FALSE(Certificate::parse_pem(asn1::Pem::print("CERTIFICATE REQUEST", certificate.der())));
}

TEST(KeyIdentifier, of_an_issuer_is_its_own_or_its_keys) {
  const auto certificate_with = [](std::span<const Extension> extensions) {
    const auto serial = SerialNumber::parse("1").value();
    const auto name = name_of("x");
    const Bytes tbs = build_tbs({.serial = serial,
                                 .signature_algorithm = SignatureAlgorithm::Sha256WithEcdsa,
                                 .issuer = name.der(),
                                 .validity = {at("2025-01-01T00:00:00Z"), asn1::no_expiry()},
                                 .subject = name.der(),
                                 .public_key_info = key().public_key_info(),
                                 .extensions = extensions});
    return Certificate::parse(
               assemble_certificate(tbs, SignatureAlgorithm::Sha256WithEcdsa, hex("00")))
        .value();
  };
  const std::array own = {to_extension(SubjectKeyIdentifier{hex("0102")})};
  EXPECT_EQ(issuer_key_identifier(certificate_with(own)).value(), hex("0102"));
  const auto bare = certificate_with({});
  EXPECT_EQ(issuer_key_identifier(bare).value(), key_identifier(key().public_key_info()).value());
  EXPECT_EQ(key_identifier(key().public_key_info()).value().size(), 20U);
  EXPECT_FALSE(key_identifier(hex("3000")));
}

// ---- Csr

Bytes csr_with_attributes(ByteView attributes) {
  const Bytes info = der([&](DerWriter& out) {
    out.sequence([&] {
      out.integer(0);
      out.raw(name_of("x").der());
      out.raw(key().public_key_info());
      out.raw(attributes);
    });
  });
  const auto signature = key().sign(SignatureAlgorithm::Sha256WithEcdsa, info).value();
  return assemble_csr(info, SignatureAlgorithm::Sha256WithEcdsa, signature);
}

TEST(Csr, is_built_and_read_back) {
  const std::array extensions = {
      to_extension(BasicConstraints{.ca = true}, Criticality::Critical),
      to_extension(KeyUsage::of({KeyUsageBit::KeyCertSign}), Criticality::NotCritical)};
  const auto subject = name_of("Example Root");
  const Bytes info = build_csr_info(subject.der(), key().public_key_info(), extensions);
  const auto algorithm = SignatureAlgorithm::Sha256WithEcdsa;
  const auto csr =
      Csr::parse(assemble_csr(info, algorithm, key().sign(algorithm, info).value())).value();
  EXPECT_EQ(csr.subject(), subject);
  EXPECT_EQ(to_bytes(csr.info()), info);
  EXPECT_EQ(to_bytes(csr.public_key_info()), key().public_key_info());
  EXPECT_TRUE(std::equal(extensions.begin(), extensions.end(), csr.extensions().begin()));
  EXPECT_TRUE(verify_csr(csr));
}

TEST(Csr, may_leave_its_attributes_out) {
  EXPECT_TRUE(verify_csr(Csr::parse(csr_with_attributes({})).value()));
  EXPECT_TRUE(verify_csr(Csr::parse(csr_with_attributes(hex("a000"))).value()));
}

TEST(Csr, refuses_a_broken_extension_request) {
  constexpr std::string_view kRequest = "301806092a864886f70d01090e310b300930070603551d0f0400";
  EXPECT_TRUE(Csr::parse(csr_with_attributes(hex("a01a" + std::string(kRequest)))));
  EXPECT_FALSE(
      Csr::parse(csr_with_attributes(hex("a034" + std::string(kRequest) + std::string(kRequest)))));
  // no value; two values; an empty list
  EXPECT_FALSE(Csr::parse(csr_with_attributes(hex("a00f300d06092a864886f70d01090e3100"))));
  EXPECT_FALSE(Csr::parse(csr_with_attributes(
      hex("a025302306092a864886f70d01090e3116300930070603551d0f0400300930070603551d110400"))));
  EXPECT_FALSE(Csr::parse(csr_with_attributes(hex("a011300f06092a864886f70d01090e31023000"))));
}

TEST(Csr, comes_from_pem_under_its_old_label_too) {
  const Bytes request = csr_with_attributes({});
  EXPECT_TRUE(Csr::parse_pem(asn1::Pem::print("CERTIFICATE REQUEST", request)));
  EXPECT_TRUE(Csr::parse_pem(asn1::Pem::print("NEW CERTIFICATE REQUEST", request)));
  EXPECT_FALSE(Csr::parse_pem(asn1::Pem::print("CERTIFICATE", request)));
}

}  // namespace
}  // namespace everseal::x509
