#include "gateway/haproxy/test_clients.h"

// One name in all the string types that it can be written in: OpenSSL builds chains over them, and
// who is revoked must be found in each.
namespace everseal::gateway::haproxy {
namespace {

void append_value(Bytes& der, asn1::Tag tag, ByteView content) {
  der.push_back(static_cast<std::uint8_t>(tag));
  der.push_back(static_cast<std::uint8_t>(content.size()));
  der.insert(der.end(), content.begin(), content.end());
}

Bytes value(asn1::Tag tag, ByteView content) {
  Bytes der;
  append_value(der, tag, content);
  return der;
}

// A common name of fewer than 100 octets.
x509::Name name_in(asn1::Tag tag, std::string_view octets) {
  using enum asn1::Tag;
  Bytes pair = value(ObjectIdentifier, x509::oids::kCommonName.content());
  append_value(pair, tag, as_bytes(octets));
  return need(x509::Name::parse(value(Sequence, value(Set, value(Sequence, pair)))));
}

// A root of that name; roots of one key are one and the same CA to who verifies.
TestCa root_of(const Applying& applying, const x509::Name& name) {
  SystemRandom random;
  const auto csr = applying.request(name);
  const issuance::Order order{
      .certificate_template = template_named("RootCACertificate"),
      .applicant = csr,
      .signature_algorithm = crypto::natural_signature(applying.key->algorithm()),
      .validity = years(10)};
  const auto issued = issuance::issue(issuance::Issuer::without_certificate(applying.key), order,
                                      issuance::testing::noon, random);
  return TestCa::from(applying, need(x509::Certificate::parse(issued.value().der)), {}, {});
}

struct Spelling {
  asn1::Tag first;  // as the trust store and the list have it
  std::string first_octets;
  asn1::Tag second;  // as certificates below it have it
  std::string second_octets;
};

using namespace std::string_literals;
const std::vector<Spelling> spellings = {
    {asn1::Tag::Utf8String, "Corp", asn1::Tag::PrintableString, "Corp"},
    {asn1::Tag::PrintableString, "Corp", asn1::Tag::Utf8String, "Corp"},
    {asn1::Tag::Utf8String, "Zo\xC3\xAB", asn1::Tag::TeletexString, "Zo\xEB"},
    {asn1::Tag::Utf8String, "Zo\xC3\xAB", asn1::Tag::BmpString, "\0Z\0o\0\xEB"s},
    {asn1::Tag::Utf8String, "Zo\xC3\xAB", asn1::Tag::UniversalString, "\0\0\0Z\0\0\0o\0\0\0\xEB"s},
};

}  // namespace

TEST(IssuerNames, a_revoked_intermediate_is_found_whichever_string_type_its_issuer_is_written_in) {
  for (const auto& [first, first_octets, second, second_octets] : spellings) {
    SCOPED_TRACE(static_cast<int>(second));
    const Applying applying;
    TestCa stored = root_of(applying, name_in(first, first_octets));
    TestCa same = root_of(applying, name_in(second, second_octets));
    VerifyingGateway world;
    world.state.trust_stores.front().bundle = stored.certificate.pem();
    auto& gateway = world.start();
    auto& pki = world.pki;
    TestCa lost = TestPki::below(same, "Lost CA", "SubordinateCACertificate_PathLen0");
    TestCa kept = TestPki::below(same, "Kept CA", "SubordinateCACertificate_PathLen0");
    const auto leaf = pki.holder(same);
    const auto below_lost = pki.holder(lost);
    for (const auto& holder : {leaf, below_lost}) EXPECT_EQ(world.outcome(holder), "200");
    for (const auto& revoked : {leaf.certificate, lost.certificate}) {
      ASSERT_NE(revoked.issuer(), stored.certificate.subject());
      need(gateway.revoke(
          "store", {{.issuer = stored.certificate.subject(), .serials = {revoked.serial()}}}));
    }
    for (const auto& holder : {leaf, below_lost}) EXPECT_EQ(world.outcome(holder), "closed");
    EXPECT_EQ(world.outcome(pki.holder(kept)), "200");
  }
}

}  // namespace everseal::gateway::haproxy
