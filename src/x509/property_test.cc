#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <chrono>
#include <functional>

#include "asn1/der.h"
#include "asn1/der_writer.h"
#include "asn1/time.h"
#include "crypto/private_key.h"
#include "x509/certificate.h"
#include "x509/certificate_builder.h"
#include "x509/chain.h"
#include "x509/csr.h"
#include "x509/csr_builder.h"
#include "x509/extension_writer.h"
#include "x509/name_constraints.h"
#include "x509/test_property.h"

namespace everseal::x509 {
namespace {

using asn1::Oid;
using crypto::SignatureAlgorithm;
using testing::check;
using testing::kMutations;
using testing::mutated;

const crypto::PrivateKey& key() {
  static const auto made = crypto::PrivateKey::generate(crypto::KeyAlgorithm::P256).value();
  return made;
}

// ---- Something of each kind

std::string some_text() {
  return *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange<char>(' ', '~')));
}

Bytes some_octets(std::size_t least, std::size_t end) {
  return *rc::gen::container<Bytes>(*rc::gen::inRange(least, end),
                                    rc::gen::arbitrary<std::uint8_t>());
}

Oid some_oid() {
  return Oid::parse("1.3.6.1.4.1." + std::to_string(*rc::gen::arbitrary<std::uint32_t>())).value();
}

Name some_name() {
  NameBuilder builder;
  const int count = *rc::gen::inRange(0, 5);
  for (int index = 0; index < count; ++index) {
    builder.add(*rc::gen::element(oids::kCommonName, oids::kOrganization, oids::kTitle, some_oid()),
                some_text());
  }
  return builder.build().value();
}

SerialNumber some_serial() {
  auto octets = some_octets(1, 21);
  octets[0] |= 1;
  return SerialNumber::from_octets(octets).value();
}

Validity some_validity() {
  const auto first =
      to_millis(TimePoint{std::chrono::sys_days{std::chrono::year{0} / std::chrono::January / 1}}) /
      1000;
  const auto last = to_millis(asn1::no_expiry()) / 1000;
  const auto start = *rc::gen::inRange(first, last);
  return {from_millis(start * 1000), from_millis(*rc::gen::inRange(start, last) * 1000)};
}

GeneralName some_general_name() {
  switch (*rc::gen::inRange(0, 7)) {
    case 0:
      return OtherName{some_oid(), {0x05, 0x00}};
    case 1:
      return Rfc822Name{some_text()};
    case 2:
      return DnsName{some_text()};
    case 3:
      return DirectoryName{some_name()};
    case 4:
      return UniformResourceIdentifier{some_text()};
    case 5:
      return IpAddress{some_octets(4, 5)};
    default:
      return RegisteredId{some_oid()};
  }
}

std::vector<GeneralName> some_general_names() {
  std::vector<GeneralName> names;
  const int count = *rc::gen::inRange(1, 5);
  names.reserve(static_cast<std::size_t>(count));
  for (int index = 0; index < count; ++index) names.push_back(some_general_name());
  return names;
}

// Of these types each at most once, in some order.
std::vector<Extension> some_extensions() {
  std::vector<Extension> extensions = {
      to_extension(BasicConstraints{.ca = true, .path_length = *rc::gen::inRange(0U, 9U)},
                   Criticality::Critical),
      to_extension(KeyUsage{*rc::gen::inRange<std::uint16_t>(1, 512)}, Criticality::Critical),
      to_extension(SubjectAlternativeName{some_general_names()}, Criticality::NotCritical),
      to_extension(SubjectKeyIdentifier{some_octets(0, 40)}),
      to_extension(CrlDistributionPoints::at(some_text())),
      {some_oid(), *rc::gen::arbitrary<bool>(), some_octets(0, 300)},
  };
  extensions.resize(*rc::gen::inRange<std::size_t>(0, extensions.size() + 1), extensions.front());
  return extensions;
}

struct SomeCertificate {
  SerialNumber serial = some_serial();
  Name issuer = some_name();
  Name subject = some_name();
  Validity validity = some_validity();
  std::vector<Extension> extensions = some_extensions();

  Bytes tbs() const {
    return build_tbs({.serial = serial,
                      .signature_algorithm = SignatureAlgorithm::Sha384WithRsa,
                      .issuer = issuer.der(),
                      .validity = validity,
                      .subject = subject.der(),
                      .public_key_info = key().public_key_info(),
                      .extensions = extensions});
  }
  Bytes der() const {
    return assemble_certificate(tbs(), SignatureAlgorithm::Sha384WithRsa, some_octets(0, 80));
  }
};

Bytes some_csr() {
  const Bytes info = build_csr_info(some_name().der(), key().public_key_info(), some_extensions());
  return assemble_csr(info, SignatureAlgorithm::Sha256WithEcdsa, some_octets(0, 80));
}

// ---- Properties

TEST(CertificateProperty, what_is_built_is_read_back) {
  check([] {
    const SomeCertificate made;
    const auto tbs = TbsCertificate::parse(made.tbs());
    RC_ASSERT(tbs.has_value());
    RC_ASSERT(tbs->serial() == made.serial);
    RC_ASSERT(tbs->issuer() == made.issuer);
    RC_ASSERT(tbs->subject() == made.subject);
    RC_ASSERT(tbs->issuer().text() == made.issuer.text());
    RC_ASSERT(tbs->validity() == made.validity);
    RC_ASSERT(std::equal(tbs->extensions().begin(), tbs->extensions().end(),
                         made.extensions.begin(), made.extensions.end()));
  });
}

// Every view that a reader can ask for, so that a sanitizer sees what they touch.
std::size_t look_at_all_of(const Certificate& certificate) {
  std::size_t seen = certificate.subject().text().size() + certificate.issuer().text().size();
  const Extensions& all = certificate.extensions();
  seen += all.get<BasicConstraints>().has_value() + all.get<KeyUsage>().has_value();
  seen += all.get<SubjectAlternativeName>().has_value() + all.get<NameConstraints>().has_value();
  seen += all.get<CrlDistributionPoints>().has_value() + certificate.public_key_info().size();
  const std::array path = {certificate, certificate};
  const auto verdict = validate_chain(path, {}, [](const auto&, const auto&) { return true; });
  return seen + (verdict ? 1 : 0);
}

TEST(CertificateProperty, a_changed_one_does_no_harm_and_is_der_if_it_is_taken) {
  check([] {
    const Bytes der = SomeCertificate().der();
    for (int round = 0; round < kMutations; ++round) {
      const Bytes changed = mutated(der);
      const auto certificate = Certificate::parse(changed);
      if (!certificate) continue;
      RC_ASSERT(asn1::Der::parse(changed).has_value());
      RC_ASSERT(to_bytes(certificate->der()) == changed);
      RC_ASSERT(look_at_all_of(*certificate) > 0);
    }
  });
}

TEST(CertificateProperty, nothing_may_follow_or_be_missing) {
  check([] {
    Bytes der = SomeCertificate().der();
    const auto size = *rc::gen::inRange<std::size_t>(0, der.size());
    RC_ASSERT(!Certificate::parse(ByteView(der).first(size)));
    der.push_back(*rc::gen::arbitrary<std::uint8_t>());
    RC_ASSERT(!Certificate::parse(der));
  });
}

TEST(CertificateProperty, what_is_taken_is_rebuilt_to_the_same_octets) {
  check([] {
    const Bytes der = SomeCertificate().der();
    for (int round = 0; round < kMutations; ++round) {
      const auto certificate = Certificate::parse(round == 0 ? der : mutated(der));
      if (!certificate || certificate->tbs().version() != 3) continue;
      const auto algorithm = signature_algorithm(certificate->signature_algorithm());
      if (!algorithm || certificate->signature_algorithm().parameters.empty()) continue;
      const std::vector<Extension> extensions(certificate->extensions().begin(),
                                              certificate->extensions().end());
      const Bytes tbs = build_tbs({.serial = certificate->serial(),
                                   .signature_algorithm = *algorithm,
                                   .issuer = certificate->issuer().der(),
                                   .validity = certificate->validity(),
                                   .subject = certificate->subject().der(),
                                   .public_key_info = certificate->public_key_info(),
                                   .extensions = extensions});
      RC_ASSERT(assemble_certificate(tbs, *algorithm, certificate->signature()) ==
                to_bytes(certificate->der()));
    }
  });
}

TEST(CsrProperty, a_changed_one_does_no_harm_and_is_der_if_it_is_taken) {
  check([] {
    const Bytes der = some_csr();
    RC_ASSERT(Csr::parse(der).has_value());
    for (int round = 0; round < kMutations; ++round) {
      const Bytes changed = mutated(der);
      const auto csr = Csr::parse(changed);
      if (!csr) continue;
      RC_ASSERT(asn1::Der::parse(changed).has_value());
      RC_ASSERT(to_bytes(Csr::parse_pem(csr->pem()).value().der()) == changed);
    }
  });
}

TEST(CsrProperty, a_signed_one_verifies_and_no_changed_one_does) {
  check([] {
    const auto algorithm = SignatureAlgorithm::Sha256WithEcdsa;
    const Bytes info =
        build_csr_info(some_name().der(), key().public_key_info(), some_extensions());
    const Bytes der = assemble_csr(info, algorithm, key().sign(algorithm, info).value());
    RC_ASSERT(verify_csr(Csr::parse(der).value()).has_value());
    const Bytes changed = mutated(der);
    const auto csr = Csr::parse(changed);
    const bool verifies = csr && verify_csr(*csr);
    RC_ASSERT(verifies == (changed == der));
  });
}

template <class Type>
void expect_only_encoding(const Bytes& value) {
  const auto parsed = Type::parse(value);
  if (!parsed) return;
  if constexpr (requires { to_extension(*parsed); }) {
    RC_ASSERT(to_extension(*parsed).value == value);
  } else {
    RC_ASSERT(to_extension(*parsed, Criticality::Critical).value == value);
  }
}

TEST(ExtensionProperty, a_value_that_is_taken_is_the_only_encoding_of_what_it_means) {
  check([] {
    for (const auto& extension : some_extensions()) {
      for (int round = 0; round < kMutations; ++round) {
        const Bytes value = round == 0 ? extension.value : mutated(extension.value);
        expect_only_encoding<BasicConstraints>(value);
        expect_only_encoding<KeyUsage>(value);
        expect_only_encoding<ExtendedKeyUsage>(value);
        expect_only_encoding<SubjectAlternativeName>(value);
        expect_only_encoding<SubjectKeyIdentifier>(value);
        expect_only_encoding<CrlDistributionPoints>(value);
        expect_only_encoding<AuthorityInfoAccess>(value);
        expect_only_encoding<CertificatePolicies>(value);
        expect_only_encoding<NameConstraints>(value);
      }
    }
  });
}

// A SEQUENCE of a type and a value, or of a type and a SET of one value.
Bytes some_typed_value(bool in_set) {
  asn1::DerWriter out;
  out.sequence([&] {
    out.oid(some_oid());
    const auto text = some_text();
    if (!in_set) return out.text(asn1::Tag::Utf8String, text);
    out.set([&] { out.text(asn1::Tag::Utf8String, text); });
  });
  return std::move(out).take();
}

std::vector<Bytes> some_typed_values(bool in_set) {
  std::vector<Bytes> values;
  for (int left = *rc::gen::inRange(2, 5); left > 0; --left) {
    values.push_back(some_typed_value(in_set));
  }
  if (*rc::gen::arbitrary<bool>()) std::sort(values.begin(), values.end());
  return values;
}

TEST(NameProperty, several_attributes_of_an_rdn_stand_in_the_order_of_der) {
  check([] {
    const auto attributes = some_typed_values(/*in_set=*/false);
    asn1::DerWriter out;
    out.sequence([&] {
      out.set([&] {
        for (const auto& attribute : attributes) out.raw(attribute);
      });
    });
    RC_ASSERT(Name::parse(out.written()).has_value() ==
              std::is_sorted(attributes.begin(), attributes.end()));
  });
}

TEST(CsrProperty, attributes_stand_in_the_order_of_der) {
  check([] {
    const auto attributes = some_typed_values(/*in_set=*/true);
    asn1::DerWriter info;
    info.sequence([&] {
      info.integer(0);
      info.raw(some_name().der());
      info.raw(key().public_key_info());
      info.constructed(asn1::context_constructed(0), [&] {
        for (const auto& attribute : attributes) info.raw(attribute);
      });
    });
    const auto csr = Csr::parse(
        assemble_csr(info.written(), SignatureAlgorithm::Sha256WithEcdsa, some_octets(0, 80)));
    RC_ASSERT(csr.has_value() == std::is_sorted(attributes.begin(), attributes.end()));
  });
}

TEST(NameProperty, matches_itself_in_other_letters_and_with_more_blanks) {
  check([] {
    const auto words = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(
        rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange('a', 'z')))));
    std::string plain;
    std::string shouted = "  ";
    for (const auto& word : words) {
      plain += (plain.empty() ? "" : " ") + word;
      for (const char letter : word) shouted += static_cast<char>(letter - 'a' + 'A');
      shouted += "   ";
    }
    const auto left = NameBuilder().add(oids::kCommonName, plain).build().value();
    const auto right = NameBuilder().add(oids::kCommonName, shouted).build().value();
    RC_ASSERT(left.matches(right));
    RC_ASSERT(right.matches(left));
  });
}

TEST(SubtreeProperty, every_host_below_a_domain_lies_within_it_and_no_other) {
  check([] {
    const auto label = [] {
      return *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange('a', 'e')));
    };
    const std::string domain = label() + '.' + label();
    const std::string host = label() + '.' + domain;
    RC_ASSERT(is_within(DnsName{domain}, DnsName{domain}));
    RC_ASSERT(is_within(DnsName{host}, DnsName{domain}));
    RC_ASSERT(is_within(DnsName{host}, DnsName{'.' + domain}));
    RC_ASSERT(!is_within(DnsName{domain}, DnsName{'.' + domain}));
    RC_ASSERT(!is_within(DnsName{label() + domain}, DnsName{domain}));
    RC_ASSERT(!is_within(DnsName{domain}, DnsName{host}));
  });
}

}  // namespace
}  // namespace everseal::x509
