#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <functional>
#include <set>
#include <type_traits>

#include "asn1/der_reader.h"
#include "asn1/der_writer.h"
#include "clock/time_text.h"
#include "crypto/private_key.h"
#include "issuance/lint/linted_tbs.h"
#include "issuance/lint/rules.h"
#include "issuance/lint/uri.h"
#include "x509/certificate_builder.h"
#include "x509/extension_writer.h"
#include "x509/key_identifier.h"
#include "x509/oids.h"

namespace everseal::issuance::lint {
namespace {

using crypto::KeyAlgorithm;
using crypto::SignatureAlgorithm;
using x509::Criticality;
using x509::Extension;
using x509::to_extension;
using enum x509::KeyUsageBit;
namespace oids = x509::oids;

static_assert(!std::is_copy_constructible_v<LintedTbs>);
static_assert(!std::is_default_constructible_v<LintedTbs>);
static_assert(!std::is_constructible_v<LintedTbs, x509::TbsCertificate, SignatureAlgorithm>);

const Bytes& some_key() {
  static const Bytes spki =
      crypto::PrivateKey::generate(KeyAlgorithm::P256).value().public_key_info();
  return spki;
}

x509::Name name_of(const asn1::Oid& type, std::string_view text) {
  return x509::NameBuilder().add(type, text).build().value();
}

Extension alternative(x509::GeneralName name) {
  return to_extension(x509::SubjectAlternativeName{{std::move(name)}}, Criticality::NotCritical);
}

Extension key_usage(std::initializer_list<x509::KeyUsageBit> bits) {
  return to_extension(x509::KeyUsage::of(bits), Criticality::Critical);
}

// A certificate about to be signed. Begins as one that breaks no rule; a test spoils it.
struct Draft {
  x509::SerialNumber serial = x509::SerialNumber::parse("0a0102030405060708090a0b0c0d0e0f").value();
  SignatureAlgorithm algorithm = SignatureAlgorithm::Sha256WithEcdsa;
  SignatureAlgorithm signing_algorithm = SignatureAlgorithm::Sha256WithEcdsa;
  x509::Name issuer = name_of(oids::kCommonName, "Example CA");
  x509::Name signing_issuer = issuer;
  Bytes issuer_key_id = Bytes(20, 7);
  x509::Validity validity{parse_iso8601("2025-01-01T00:00:00Z").value(),
                          parse_iso8601("2026-01-01T00:00:00Z").value()};
  x509::Name subject = name_of(oids::kCommonName, "app.corp.internal");
  Bytes key = some_key();
  std::vector<Extension> extensions = {
      to_extension(x509::BasicConstraints{}, Criticality::NotCritical),
      to_extension(x509::AuthorityKeyIdentifier{Bytes(20, 7), {}, {}}),
      to_extension(x509::SubjectKeyIdentifier{x509::key_identifier(some_key()).value()}),
      key_usage({DigitalSignature}),
      to_extension(x509::ExtendedKeyUsage{{oids::kServerAuth}}, Criticality::NotCritical),
      alternative(x509::DnsName{"app.corp.internal"})};

  void drop(const asn1::Oid& type) {
    std::erase_if(extensions, [&](const Extension& each) { return each.type == type; });
  }
  void put(Extension extension) {
    drop(extension.type);
    extensions.push_back(std::move(extension));
  }
  Extension& find(const asn1::Oid& type) {
    return *std::ranges::find(extensions, type, &Extension::type);
  }
  void make_ca() {
    put(to_extension(x509::BasicConstraints{true, 0}, Criticality::Critical));
    put(key_usage({DigitalSignature, KeyCertSign}));
  }

  Bytes bytes() const {
    return x509::build_tbs(
        {serial, algorithm, issuer.der(), validity, subject.der(), key, extensions});
  }
  Result<LintedTbs, std::vector<Finding>> judged() const {
    return lint(bytes(), {signing_issuer.der(), issuer_key_id, signing_algorithm});
  }
  std::set<std::string_view> broken_rules() const {
    const auto outcome = judged();
    std::set<std::string_view> names;
    if (outcome) return names;
    for (const Finding& finding : outcome.error()) names.insert(finding.rule);
    return names;
  }
};

struct Case {
  std::string_view rule;
  std::string_view what;
  std::function<void(Draft&)> spoil;
};

Bytes rsa_1024() {
  // A modulus of 1024 bits with 65537; nobody has the key.
  asn1::DerWriter out;
  out.sequence([&] {
    out.sequence([&] {
      out.oid(asn1::Oid{"1.2.840.113549.1.1.1"});
      out.null();
    });
    asn1::DerWriter key;
    key.sequence([&] {
      key.integer(Bytes(128, 0xab));
      key.integer(std::uint64_t{65537});
    });
    out.bit_string(key.written());
  });
  return std::move(out).take();
}

const std::vector<Case>& cases() {
  static const std::vector<Case> all{
      {"serial_number_is_unpredictable", "a short serial",
       [](Draft& draft) { draft.serial = x509::SerialNumber::parse("01020304050607").value(); }},
      {"serial_number_is_unpredictable", "20 octets and the top bit",
       [](Draft& draft) {
         draft.serial = x509::SerialNumber::parse(std::string(40, 'f')).value();
       }},
      {"signature_algorithm_is_the_signers", "another digest",
       [](Draft& draft) { draft.algorithm = SignatureAlgorithm::Sha384WithEcdsa; }},
      {"signature_algorithm_is_the_signers", "another family",
       [](Draft& draft) { draft.algorithm = SignatureAlgorithm::Sha256WithRsa; }},
      {"issuer_name_is_chained", "another case of letters",
       [](Draft& draft) { draft.issuer = name_of(oids::kCommonName, "example ca"); }},
      {"issuer_name_is_chained", "no issuer",
       [](Draft& draft) { draft.issuer = draft.signing_issuer = x509::Name(); }},
      {"validity_can_be_used", "no time at all",
       [](Draft& draft) { draft.validity.not_after = draft.validity.not_before; }},
      {"ca_has_subject", "a CA without a name",
       [](Draft& draft) {
         draft.make_ca();
         draft.subject = x509::Name();
         draft.find(oids::kSubjectAlternativeName).critical = true;
       }},
      {"subject_attributes_fit", "a common name of 65 characters",
       [](Draft& draft) { draft.subject = name_of(oids::kCommonName, std::string(65, 'x')); }},
      {"subject_attributes_fit", "a country of one letter",
       [](Draft& draft) { draft.subject = name_of(oids::kCountry, "U"); }},
      {"public_key_is_strong", "RSA 1024",
       [](Draft& draft) {
         draft.key = rsa_1024();
         draft.put(
             to_extension(x509::SubjectKeyIdentifier{x509::key_identifier(draft.key).value()}));
       }},
      {"public_key_is_strong", "a point beside its curve",
       [](Draft& draft) {
         draft.key.back() ^= 1;
         draft.put(
             to_extension(x509::SubjectKeyIdentifier{x509::key_identifier(draft.key).value()}));
       }},
      {"authority_key_identifier_names_issuer", "none",
       [](Draft& draft) { draft.drop(oids::kAuthorityKeyIdentifier); }},
      {"authority_key_identifier_names_issuer", "another's",
       [](Draft& draft) {
         draft.put(to_extension(x509::AuthorityKeyIdentifier{Bytes(20, 8), {}, {}}));
       }},
      {"authority_key_identifier_names_issuer", "another's in a self-signed certificate",
       [](Draft& draft) { draft.issuer_key_id.clear(); }},
      {"subject_key_identifier_names_key", "none",
       [](Draft& draft) { draft.drop(oids::kSubjectKeyIdentifier); }},
      {"subject_key_identifier_names_key", "another's",
       [](Draft& draft) { draft.put(to_extension(x509::SubjectKeyIdentifier{Bytes(20, 1)})); }},
      {"ca_signs_certificates", "a CA without key usage",
       [](Draft& draft) {
         draft.make_ca();
         draft.drop(oids::kKeyUsage);
       }},
      {"ca_signs_certificates", "a CA that may not sign",
       [](Draft& draft) {
         draft.make_ca();
         draft.put(key_usage({CrlSign}));
       }},
      {"only_ca_signs_certificates", "a leaf that signs",
       [](Draft& draft) { draft.put(key_usage({KeyCertSign})); }},
      {"ca_has_critical_basic_constraints", "they are not",
       [](Draft& draft) {
         draft.make_ca();
         draft.find(oids::kBasicConstraints).critical = false;
       }},
      {"alternative_name_for_empty_subject", "neither one nor the other",
       [](Draft& draft) {
         draft.subject = x509::Name();
         draft.drop(oids::kSubjectAlternativeName);
       }},
      {"alternative_name_for_empty_subject", "not critical",
       [](Draft& draft) { draft.subject = x509::Name(); }},
      {"mail_addresses_are_well_formed", "no at sign",
       [](Draft& draft) { draft.put(alternative(x509::Rfc822Name{"nobody"})); }},
      {"mail_addresses_are_well_formed", "a phrase",
       [](Draft& draft) { draft.put(alternative(x509::Rfc822Name{"Me <me@corp>"})); }},
      {"uris_are_absolute", "a path",
       [](Draft& draft) { draft.put(alternative(x509::UniformResourceIdentifier{"/relative"})); }},
      {"name_constraints_only_for_ca", "in a leaf",
       [](Draft& draft) {
         draft.put(to_extension(x509::NameConstraints{{x509::DnsName{"corp"}}, {}}));
       }},
      {"extended_key_usage_is_not_repeated", "the same purpose twice",
       [](Draft& draft) {
         draft.put(to_extension(
             x509::ExtendedKeyUsage{{oids::kServerAuth, oids::kClientAuth, oids::kServerAuth}},
             Criticality::NotCritical));
       }},
      {"pointers_are_uris", "a CRL distribution point that is none",
       [](Draft& draft) {
         draft.put(to_extension(x509::CrlDistributionPoints::at("crl.corp.internal")));
       }},
      {"pointers_are_uris", "an access location that is none",
       [](Draft& draft) {
         draft.put(to_extension(x509::AuthorityInfoAccess{
             {{oids::kAccessOcsp, x509::UniformResourceIdentifier{"ocsp"}}}}));
       }},
      {"criticality_is_as_prescribed", "a critical key identifier",
       [](Draft& draft) { draft.find(oids::kSubjectKeyIdentifier).critical = true; }},
      {"criticality_is_as_prescribed", "name constraints that are not critical",
       [](Draft& draft) {
         draft.make_ca();
         draft.put(to_extension(x509::NameConstraints{{x509::DnsName{"corp"}}, {}}));
         draft.find(oids::kNameConstraints).critical = false;
       }},
      {"certificate_is_readable", "an extension twice",
       [](Draft& draft) { draft.extensions.push_back(draft.extensions.front()); }},
      {"certificate_is_readable", "an empty extended key usage",
       [](Draft& draft) {
         draft.put(to_extension(x509::ExtendedKeyUsage{}, Criticality::NotCritical));
       }},
      {"certificate_is_readable", "a path length without CA",
       [](Draft& draft) {
         draft.put(to_extension(x509::BasicConstraints{false, 0}, Criticality::NotCritical));
       }},
      {"certificate_is_readable", "a key usage without bits",
       [](Draft& draft) { draft.put(key_usage({})); }},
      {"certificate_is_readable", "an end before the beginning",
       [](Draft& draft) { std::swap(draft.validity.not_before, draft.validity.not_after); }},
      {"certificate_is_readable", "policies that are none",
       [](Draft& draft) { draft.put({oids::kCertificatePolicies, false, to_bytes("nonsense")}); }},
      {"certificate_is_readable", "a key that is none",
       [](Draft& draft) { draft.key = to_bytes("nonsense"); }},
  };
  return all;
}

TEST(Lint, lets_a_sound_certificate_and_a_sound_ca_pass) {
  Draft draft;
  EXPECT_TRUE(draft.broken_rules().empty()) << *draft.broken_rules().begin();
  draft.make_ca();
  EXPECT_TRUE(draft.broken_rules().empty()) << *draft.broken_rules().begin();
  const auto proof = draft.judged();
  EXPECT_TRUE(std::ranges::equal(proof->der(), draft.bytes()));
  EXPECT_EQ(proof->signature_algorithm(), SignatureAlgorithm::Sha256WithEcdsa);
}

TEST(Lint, finds_every_broken_rule_by_its_name) {
  for (const Case& each : cases()) {
    Draft draft;
    each.spoil(draft);
    EXPECT_TRUE(draft.broken_rules().contains(each.rule)) << each.rule << ": " << each.what;
  }
}

TEST(Lint, has_a_case_for_every_rule) {
  // These have tests of their own.
  std::set<std::string_view> tried{"dns_names_are_well_formed", "version_is_three"};
  for (const Case& each : cases()) tried.insert(each.rule);
  for (const Rule& rule : all_rules()) {
    EXPECT_TRUE(tried.contains(rule.name)) << rule.name;
    EXPECT_FALSE(rule.source.empty());
  }
}

// Without its first field, which names the version.
Bytes as_version_1(ByteView tbs) {
  constexpr std::size_t version_octets = 5;
  asn1::DerReader in(tbs);
  const ByteView content = in.element(asn1::Tag::Sequence);
  asn1::DerWriter out;
  out.sequence([&] { out.raw(content.subspan(version_octets)); });
  return std::move(out).take();
}

TEST(Lint, refuses_a_certificate_of_version_1) {
  Draft draft;
  draft.extensions.clear();
  const auto outcome = lint(as_version_1(draft.bytes()),
                            {draft.signing_issuer.der(), ByteView(), draft.signing_algorithm});
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().front().rule, "version_is_three");
}

TEST(Lint, lets_a_self_signed_certificate_leave_out_who_signed_it) {
  Draft draft;
  draft.make_ca();
  draft.issuer_key_id.clear();
  draft.drop(oids::kAuthorityKeyIdentifier);
  EXPECT_TRUE(draft.broken_rules().empty());
  draft.put(
      to_extension(x509::AuthorityKeyIdentifier{x509::key_identifier(draft.key).value(), {}, {}}));
  EXPECT_TRUE(draft.broken_rules().empty());
}

TEST(Lint, reports_all_broken_rules_at_once) {
  Draft draft;
  draft.subject = x509::Name();
  draft.serial = x509::SerialNumber::parse("01").value();
  draft.drop(oids::kAuthorityKeyIdentifier);
  EXPECT_EQ(draft.broken_rules().size(), 3U);
}

bool accepts_dns(std::string name) {
  Draft draft;
  draft.put(alternative(x509::DnsName{std::move(name)}));
  return draft.broken_rules().empty();
}

TEST(Lint, knows_a_dns_name) {
  for (const auto* name : {"app.corp.internal", "*.app.corp.internal", "localhost", "a", "A1-b.C",
                           "xn--bcher-kva.example", "my_service.corp", "1.2.3.4", "*.localhost"}) {
    EXPECT_TRUE(accepts_dns(name)) << name;
  }
  for (const auto* name : {"", ".", "app.", ".app", "a..b", "*", "*.", "a.*.b", "*a.b", "a*",
                           "-a.b", "a-.b", "a b", "a/b", "http://a", "me@corp", "a:443"}) {
    EXPECT_FALSE(accepts_dns(name)) << name;
  }
  EXPECT_TRUE(accepts_dns(std::string(63, 'a') + ".b"));
  EXPECT_FALSE(accepts_dns(std::string(64, 'a') + ".b"));
  std::string long_name(253, 'a');
  for (std::size_t at = 50; at < 253; at += 51) long_name[at] = '.';
  EXPECT_TRUE(accepts_dns(long_name));
  EXPECT_FALSE(accepts_dns(long_name + "a"));
}

TEST(Lint, knows_a_uri) {
  for (const auto* uri :
       {"http://a/b", "spiffe://corp/ns/a", "urn:uuid:1", "ldap://[::1]/c=GB?x"}) {
    EXPECT_TRUE(is_absolute_uri(uri)) << uri;
  }
  for (const auto* uri : {"", ":", "http:", "//a/b", "1http://a", "http ://a", "http://a b", "a"}) {
    EXPECT_FALSE(is_absolute_uri(uri)) << uri;
  }
}

RC_GTEST_PROP(Lint, survives_any_octets_and_never_proves_them, (const Bytes& octets)) {
  RC_ASSERT(!lint(octets, {ByteView(), ByteView(), SignatureAlgorithm::Sha256WithEcdsa}));
}

RC_GTEST_PROP(Lint, survives_any_change_of_a_sound_certificate, ()) {
  const Draft draft;
  Bytes changed = draft.bytes();
  const auto at = *rc::gen::inRange<std::size_t>(0, changed.size());
  changed[at] = *rc::gen::arbitrary<std::uint8_t>();
  const auto outcome =
      lint(changed, {draft.signing_issuer.der(), draft.issuer_key_id, draft.signing_algorithm});
  if (outcome) RC_ASSERT(to_bytes(outcome->der()) == changed);
}

}  // namespace
}  // namespace everseal::issuance::lint
