#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "asn1/der_writer.h"
#include "encoding/hex.h"
#include "random/random.h"
#include "x509/extension_writer.h"
#include "x509/name.h"
#include "x509/serial_number.h"

namespace everseal::x509 {
namespace {

using asn1::DerWriter;
using asn1::Oid;
using asn1::Tag;

Bytes hex(std::string_view text) { return encoding::from_hex(text).value(); }

template <class Body>
Bytes der(Body body) {
  DerWriter out;
  body(out);
  return std::move(out).take();
}

Name name_of(std::string_view common_name) {
  return NameBuilder().add(oids::kCommonName, common_name).build().value();
}

// ---- SerialNumber

TEST(SerialNumber, is_the_same_in_every_spelling) {
  const auto serial = SerialNumber::parse("0a:1b").value();
  for (const auto* text : {"0A:1B", "a1b", "0a1b", "00000a1b", "a:1b", "00:0a:1B"}) {
    EXPECT_EQ(SerialNumber::parse(text).value(), serial) << text;
  }
  EXPECT_EQ(serial.hex(), "0a:1b");
  EXPECT_EQ(serial.plain_hex(), "0a1b");
}

TEST(SerialNumber, refuses_what_is_not_a_number_of_1_to_20_octets) {
  for (const auto* text : {"", ":", "0", "00:00", "xy", "0a:", ":0a", "0a::1b", "0a1:b", "0x0a",
                           "-1", " 0a", "0a ", "0a1b:0c"}) {
    EXPECT_FALSE(SerialNumber::parse(text)) << text;
  }
  EXPECT_TRUE(SerialNumber::parse(std::string(40, 'f')));
  EXPECT_FALSE(SerialNumber::parse(std::string(41, 'f')));
  EXPECT_TRUE(SerialNumber::parse("00" + std::string(40, 'f')));
  EXPECT_FALSE(SerialNumber::parse(std::string(1001, '0') + '1'));
}

TEST(SerialNumber, is_ordered_as_numbers_are) {
  const auto small = SerialNumber::parse("ff").value();
  const auto large = SerialNumber::parse("0100").value();
  EXPECT_LT(small, large);
  EXPECT_GT(SerialNumber::parse("0101").value(), large);
}

TEST(SerialNumber, is_16_random_octets) {
  CountingRandom random;
  for (int round = 0; round < 1000; ++round) {
    const auto serial = SerialNumber::random(random);
    EXPECT_EQ(serial.octets().size(), 16U);
    EXPECT_NE(serial, SerialNumber::random(random));
    EXPECT_EQ(SerialNumber::parse(serial.hex()).value(), serial);
  }
}

// ---- Name

TEST(Name, is_built_in_the_published_order) {
  const auto name = NameBuilder()
                        .add(oids::kLocality, "Seattle")
                        .add(oids::kDomainComponent, "example")
                        .add(oids::kCommonName, "Root")
                        .add(oids::kState, "Washington")
                        .add(oids::kOrganizationalUnit, "PKI")
                        .add(oids::kOrganization, "Example Corp")
                        .add(oids::kCountry, "US")
                        .in_published_order()
                        .build()
                        .value();
  EXPECT_EQ(name.text(), "DC=example,L=Seattle,CN=Root,ST=Washington,OU=PKI,O=Example Corp,C=US");
  EXPECT_EQ(Name::parse(name.der()).value(), name);
  EXPECT_EQ(Name::parse(name.der()).value().text(), name.text());
}

TEST(Name, is_built_of_the_string_types_that_attributes_have) {
  const auto name = NameBuilder()
                        .add(oids::kCountry, "US")
                        .add(oids::kSerialNumber, "4711")
                        .add(oids::kEmailAddress, "a@b.example")
                        .add(oids::kTitle, "Dr.")
                        .build()
                        .value();
  std::vector<Tag> tags;
  for (const auto& attribute : name.attributes()) tags.push_back(attribute.tag);
  EXPECT_EQ(tags, (std::vector{Tag::PrintableString, Tag::PrintableString, Tag::Ia5String,
                               Tag::Utf8String}));
}

TEST(Name, refuses_values_that_their_type_cannot_hold) {
  EXPECT_FALSE(NameBuilder().add(oids::kCountry, "U*").build());
  EXPECT_FALSE(NameBuilder().add(oids::kEmailAddress, "ä@example").build());
  EXPECT_FALSE(NameBuilder().add(oids::kCommonName, "\xff").build());
  EXPECT_FALSE(NameBuilder().add(oids::kCommonName, "").build());
}

TEST(Name, shows_the_most_specific_first_and_unknown_types_in_hex) {
  const auto name = NameBuilder()
                        .add(oids::kCountry, "US")
                        .add(oids::kTitle, "Mr")
                        .add(Oid("1.3.6.1.4.1.99999.3"), "x")
                        .add(oids::kCommonName, "a")
                        .build()
                        .value();
  EXPECT_EQ(name.text(), "CN=a,1.3.6.1.4.1.99999.3=#0c0178,2.5.4.12=#0c024d72,C=US");
  EXPECT_EQ(Name().text(), "");
  EXPECT_TRUE(Name().empty());
}

TEST(Name, escapes_what_would_be_misread) {
  const auto shown = [](std::string_view value) { return name_of(value).text(); };
  EXPECT_EQ(shown("a,b+c;d<e>f\"g\\h"), "CN=a\\,b\\+c\\;d\\<e\\>f\\\"g\\\\h");
  EXPECT_EQ(shown("#a#"), "CN=\\#a#");
  EXPECT_EQ(shown(" a b "), "CN=\\ a b\\ ");
  EXPECT_EQ(shown(" "), "CN=\\ ");
  EXPECT_EQ(shown(std::string_view("a\0b\nc\x7f", 6)), "CN=a\\00b\\0ac\\7f");
  EXPECT_EQ(shown("Zoë"), "CN=Zoë");
}

// A name of one RDN with these attributes, CN all of them.
Bytes rdn(std::initializer_list<std::pair<Tag, std::string_view>> values) {
  return der([&](DerWriter& out) {
    out.sequence([&] {
      out.set([&] {
        for (const auto& [tag, value] : values) {
          out.sequence([&] {
            out.oid(oids::kCommonName);
            out.text(tag, value);
          });
        }
      });
    });
  });
}

TEST(Name, reads_every_string_type_as_utf8) {
  const auto read = [](Tag tag, std::string_view value) {
    return Name::parse(rdn({{tag, value}})).value().common_name().value();
  };
  using std::string_view_literals::operator""sv;
  EXPECT_EQ(read(Tag::BmpString, "\x00Z\x00o\x00\xeb"sv), "Zoë");
  EXPECT_EQ(read(Tag::BmpString, "\x65\xe5"sv), "日");
  EXPECT_EQ(read(Tag::UniversalString, "\x00\x01\xf5\x11"sv), "\xf0\x9f\x94\x91");
  EXPECT_EQ(read(Tag::TeletexString, "Zo\xeb"), "Zoë");
  EXPECT_EQ(read(Tag::PrintableString, "abc"), "abc");
}

TEST(Name, refuses_strings_that_their_encoding_does_not_allow) {
  using std::string_view_literals::operator""sv;
  EXPECT_FALSE(Name::parse(rdn({{Tag::Utf8String, "\xc0\x80"}})));
  EXPECT_FALSE(Name::parse(rdn({{Tag::BmpString, "abc"}})));
  EXPECT_FALSE(Name::parse(rdn({{Tag::BmpString, "\xd8\x00"sv}})));
  EXPECT_FALSE(Name::parse(rdn({{Tag::UniversalString, "\x00\x11\x00\x00"sv}})));
  EXPECT_FALSE(Name::parse(rdn({})));
}

TEST(Name, shows_the_attributes_of_one_rdn_together) {
  const auto name = Name::parse(rdn({{Tag::Utf8String, "a"}, {Tag::Utf8String, "b"}})).value();
  EXPECT_EQ(name.text(), "CN=a+CN=b");
}

TEST(Name, matches_without_regard_to_case_blanks_and_string_type) {
  const auto name = Name::parse(rdn({{Tag::Utf8String, "Example  Corp"}})).value();
  for (const auto& other : {rdn({{Tag::PrintableString, "example corp"}}),
                            rdn({{Tag::Utf8String, " EXAMPLE CORP\t "}})}) {
    EXPECT_TRUE(name.matches(Name::parse(other).value()));
    EXPECT_NE(name, Name::parse(other).value());
  }
  EXPECT_FALSE(name.matches(Name::parse(rdn({{Tag::Utf8String, "ExampleCorp"}})).value()));
  EXPECT_FALSE(name.matches(Name()));
  EXPECT_FALSE(Name().matches(name));
  EXPECT_TRUE(Name().matches(Name()));
}

TEST(Name, matches_attributes_of_one_rdn_in_any_order) {
  const auto left = Name::parse(rdn({{Tag::Utf8String, "B"}, {Tag::Utf8String, "a"}})).value();
  const auto right = Name::parse(rdn({{Tag::Utf8String, "A"}, {Tag::Utf8String, "b"}})).value();
  EXPECT_TRUE(left.matches(right));
  const auto two = NameBuilder().add(oids::kCommonName, "a").add(oids::kCommonName, "b").build();
  EXPECT_FALSE(left.matches(two.value()));
}

TEST(Name, lies_within_the_names_it_begins_with) {
  const auto corp = NameBuilder().add(oids::kOrganization, "Corp").build().value();
  const auto unit =
      NameBuilder().add(oids::kOrganization, "CORP").add(oids::kCommonName, "x").build().value();
  EXPECT_TRUE(unit.is_within(corp));
  EXPECT_TRUE(unit.is_within(Name()));
  EXPECT_FALSE(corp.is_within(unit));
}

// ---- GeneralName and extensions

template <class Type>
Result<Type> there_and_back(const Type& value) {
  if constexpr (requires { to_extension(value); }) {
    return Type::parse(to_extension(value).value);
  } else {
    return Type::parse(to_extension(value, Criticality::Critical).value);
  }
}

template <class Type>
void expect_round_trip(const Type& value) {
  const auto back = there_and_back(value);
  ASSERT_TRUE(back) << back.error().cause;
  EXPECT_EQ(*back, value);
}

TEST(GeneralName, has_nine_forms_that_all_come_back) {
  expect_round_trip(SubjectAlternativeName{
      {OtherName{Oid("1.3.6.1.4.1.311.20.2.3"), hex("0c0161")}, Rfc822Name{"a@b.example"},
       DnsName{"*.corp.internal"}, X400Address{hex("3000")}, DirectoryName{name_of("x")},
       EdiPartyName{"assigner", "party"}, EdiPartyName{std::nullopt, "party"},
       UniformResourceIdentifier{"https://x.example/"}, IpAddress{hex("0a000007")},
       IpAddress{hex("20010db8000000000000000000000001")}, RegisteredId{Oid("1.2.3")}}});
}

TEST(GeneralName, describes_itself) {
  EXPECT_EQ(describe(DnsName{"a.example"}), "DNS:a.example");
  EXPECT_EQ(describe(IpAddress{hex("20010db8000000000000000000000001")}), "IP Address:2001:db8::1");
  EXPECT_EQ(describe(DirectoryName{name_of("x")}), "DirName:CN=x");
  EXPECT_EQ(describe(OtherName{Oid("1.2.3"), {}}), "othername:1.2.3");
}

TEST(GeneralName, takes_addresses_of_known_length_and_text_in_ascii) {
  const auto parse = [](const GeneralName& name) {
    return there_and_back(SubjectAlternativeName{{name}}).has_value();
  };
  EXPECT_FALSE(parse(IpAddress{hex("0a0000")}));
  EXPECT_FALSE(parse(IpAddress{hex("0a000000ff000000")}));
  EXPECT_FALSE(parse(DnsName{"ä.example"}));
  EXPECT_FALSE(there_and_back(SubjectAlternativeName{}));
}

TEST(IpAddress, parses_and_prints_both_families) {
  EXPECT_EQ(IpAddress::parse("10.0.0.7").value().octets, hex("0a000007"));
  EXPECT_EQ(IpAddress::parse("2001:db8::1").value().text(), "2001:db8::1");
  EXPECT_EQ((IpAddress{hex("0a000000ff000000")}.text()), "10.0.0.0/8");
  using std::string_view_literals::operator""sv;
  for (const auto text :
       {""sv, "10.0.0"sv, "10.0.0.256"sv, "10.0.0.7/8"sv, "::1%eth0"sv, "host"sv, "1.2.3.4\0x"sv}) {
    EXPECT_FALSE(IpAddress::parse(text)) << text;
  }
}

TEST(ExtensionTypes, come_back_as_they_were) {
  expect_round_trip(BasicConstraints{});
  expect_round_trip(BasicConstraints{.ca = true});
  expect_round_trip(BasicConstraints{.ca = true, .path_length = 0});
  expect_round_trip(KeyUsage::of({KeyUsageBit::KeyCertSign, KeyUsageBit::DecipherOnly}));
  expect_round_trip(ExtendedKeyUsage{{oids::kServerAuth, oids::kSmartCardLogin}});
  expect_round_trip(SubjectKeyIdentifier{hex("0102")});
  expect_round_trip(AuthorityKeyIdentifier{.key_id = hex("01"), .issuer = {}, .serial = {}});
  expect_round_trip(AuthorityKeyIdentifier{.key_id = {},
                                           .issuer = {DirectoryName{name_of("x")}},
                                           .serial = SerialNumber::parse("80").value()});
  expect_round_trip(CrlDistributionPoints::at("http://a.example/1.crl"));
  expect_round_trip(CrlDistributionPoints{{{.full_name = {},
                                            .relative_name = hex("30070603550403"
                                                                 "0500"),
                                            .reasons = 0x06,
                                            .crl_issuer = {DirectoryName{name_of("x")}}}}});
  expect_round_trip(
      AuthorityInfoAccess{{{oids::kAccessOcsp, UniformResourceIdentifier{"http://ocsp.example"}}}});
  expect_round_trip(SubjectInfoAccess{
      {{oids::kAccessCaRepository, UniformResourceIdentifier{"http://repo.example"}}}});
  expect_round_trip(CertificatePolicies{
      {{oids::kAnyPolicy, {}}, {Oid("1.2.3"), {PolicyQualifier::cps("http://cps.example")}}}});
  expect_round_trip(NameConstraints{{DnsName{"a.example"}}, {IpAddress{hex("0a000000ff000000")}}});
}

TEST(ExtensionTypes, answer_what_readers_ask) {
  const CrlDistributionPoints points = CrlDistributionPoints::at("http://a.example/1.crl");
  EXPECT_EQ(points.uris(), std::vector<std::string>{"http://a.example/1.crl"});
  const AuthorityInfoAccess access{{{oids::kAccessOcsp, UniformResourceIdentifier{"o"}},
                                    {oids::kAccessCaIssuers, UniformResourceIdentifier{"i"}}}};
  EXPECT_EQ(access.uris(oids::kAccessOcsp), std::vector<std::string>{"o"});
  const SubjectAlternativeName names{{DnsName{"a"}, Rfc822Name{"b"}, DnsName{"c"}}};
  EXPECT_EQ(names.dns_names(), (std::vector<std::string>{"a", "c"}));
  EXPECT_EQ(PolicyQualifier::cps("http://x").cps_uri(), "http://x");
  EXPECT_EQ((PolicyQualifier{oids::kPolicyQualifierUserNotice, hex("3000")}.cps_uri()),
            std::nullopt);
  EXPECT_TRUE((ExtendedKeyUsage{{oids::kServerAuth}}).has(oids::kServerAuth));
}

TEST(ExtensionTypes, refuse_what_rfc_5280_forbids) {
  EXPECT_FALSE(BasicConstraints::parse(hex("3003010100")));        // cA FALSE written out
  EXPECT_FALSE(BasicConstraints::parse(hex("3003020100")));        // a length without cA
  EXPECT_FALSE(BasicConstraints::parse(hex("30060101ff0201ff")));  // a negative length
  EXPECT_FALSE(BasicConstraints::parse(hex("30000500")));          // something behind
  EXPECT_FALSE(KeyUsage::parse(hex("030100")));                    // no bit
  EXPECT_FALSE(KeyUsage::parse(hex("0303060040")));                // bit 9
  EXPECT_FALSE(ExtendedKeyUsage::parse(hex("3000")));              // none
  EXPECT_FALSE(AuthorityKeyIdentifier::parse(hex("3003820101")));  // a serial without an issuer
  EXPECT_FALSE(
      AuthorityKeyIdentifier::parse(hex("3008a10382016182"
                                        "01ff")));                      // negative
  EXPECT_FALSE(CrlDistributionPoints::parse(hex("30063004810205a0")));  // only reasons
  EXPECT_FALSE(NameConstraints::parse(hex("3000")));                    // no subtree
  EXPECT_FALSE(
      NameConstraints::parse(hex("3008a0063004820161"
                                 "8000")));                                       // minimum
  EXPECT_FALSE(NameConstraints::parse(hex("300ea00c300a87080a000000ff00ff00")));  // mask
  const PolicyInformation policy{oids::kAnyPolicy, {}};
  EXPECT_FALSE(there_and_back(CertificatePolicies{{policy, policy}}));
}

}  // namespace
}  // namespace everseal::x509
