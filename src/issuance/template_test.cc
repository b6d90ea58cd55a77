#include "issuance/template.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "asn1/time.h"
#include "issuance/testing/test_ca.h"

namespace everseal::issuance {
namespace {

using namespace testing;
using x509::Certificate;
using x509::Criticality;
using x509::Extension;
using x509::to_extension;
using enum x509::KeyUsageBit;
namespace oids = x509::oids;

// What each template must make of a request in which the CSR and the API both ask for everything:
// basic constraints, key usage, extended key usage; "CSR" or "API" where they are passed through.
struct Published {
  std::string_view name;
  std::string_view basic_constraints;
  std::string_view key_usage;
  std::string_view extended_key_usage;
};

constexpr std::string_view ee = "CA:FALSE";
constexpr std::string_view critical_ee = "critical CA:FALSE";
constexpr std::string_view ca = "critical CA:TRUE";
constexpr std::string_view ca0 = "critical CA:TRUE, pathlen:0";
constexpr std::string_view ca1 = "critical CA:TRUE, pathlen:1";
constexpr std::string_view ca2 = "critical CA:TRUE, pathlen:2";
constexpr std::string_view ca3 = "critical CA:TRUE, pathlen:3";
constexpr std::string_view ds_ke = "critical digitalSignature keyEncipherment";
constexpr std::string_view ds = "critical digitalSignature";
constexpr std::string_view ds_sign = "critical digitalSignature keyCertSign cRLSign";
constexpr std::string_view both = "serverAuth clientAuth";
constexpr std::string_view client = "clientAuth";
constexpr std::string_view server = "serverAuth";
constexpr std::string_view code = "critical codeSigning";
constexpr std::string_view ocsp = "critical OCSPSigning";
constexpr std::string_view none = "";
constexpr std::string_view csr = "CSR";
constexpr std::string_view api = "API";

constexpr Published published[] = {
    {"EndEntityCertificate", ee, ds_ke, both},
    {"EndEntityCertificate_CSRPassthrough", ee, ds_ke, both},
    {"EndEntityCertificate_APIPassthrough", ee, ds_ke, both},
    {"EndEntityCertificate_APICSRPassthrough", ee, ds_ke, both},
    {"EndEntityClientAuthCertificate", ee, ds_ke, client},
    {"EndEntityClientAuthCertificate_CSRPassthrough", ee, ds_ke, client},
    {"EndEntityClientAuthCertificate_APIPassthrough", ee, ds_ke, client},
    {"EndEntityClientAuthCertificate_APICSRPassthrough", ee, ds_ke, client},
    {"EndEntityServerAuthCertificate", ee, ds_ke, server},
    {"EndEntityServerAuthCertificate_CSRPassthrough", ee, ds_ke, server},
    {"EndEntityServerAuthCertificate_APIPassthrough", ee, ds_ke, server},
    {"EndEntityServerAuthCertificate_APICSRPassthrough", ee, ds_ke, server},
    {"CodeSigningCertificate", ee, ds, code},
    {"CodeSigningCertificate_CSRPassthrough", ee, ds, code},
    {"CodeSigningCertificate_APIPassthrough", ee, ds, code},
    {"CodeSigningCertificate_APICSRPassthrough", ee, ds, code},
    {"OCSPSigningCertificate", ee, ds, ocsp},
    {"OCSPSigningCertificate_CSRPassthrough", ee, ds, ocsp},
    {"OCSPSigningCertificate_APIPassthrough", ee, ds, ocsp},
    {"OCSPSigningCertificate_APICSRPassthrough", ee, ds, ocsp},
    {"SubordinateCACertificate_PathLen0", ca0, ds_sign, none},
    {"SubordinateCACertificate_PathLen0_CSRPassthrough", ca0, ds_sign, csr},
    {"SubordinateCACertificate_PathLen0_APIPassthrough", ca0, ds_sign, api},
    {"SubordinateCACertificate_PathLen0_APICSRPassthrough", ca0, ds_sign, api},
    {"SubordinateCACertificate_PathLen1", ca1, ds_sign, none},
    {"SubordinateCACertificate_PathLen1_CSRPassthrough", ca1, ds_sign, csr},
    {"SubordinateCACertificate_PathLen1_APIPassthrough", ca1, ds_sign, api},
    {"SubordinateCACertificate_PathLen1_APICSRPassthrough", ca1, ds_sign, api},
    {"SubordinateCACertificate_PathLen2", ca2, ds_sign, none},
    {"SubordinateCACertificate_PathLen2_CSRPassthrough", ca2, ds_sign, csr},
    {"SubordinateCACertificate_PathLen2_APIPassthrough", ca2, ds_sign, api},
    {"SubordinateCACertificate_PathLen2_APICSRPassthrough", ca2, ds_sign, api},
    {"SubordinateCACertificate_PathLen3", ca3, ds_sign, none},
    {"SubordinateCACertificate_PathLen3_CSRPassthrough", ca3, ds_sign, csr},
    {"SubordinateCACertificate_PathLen3_APIPassthrough", ca3, ds_sign, api},
    {"SubordinateCACertificate_PathLen3_APICSRPassthrough", ca3, ds_sign, api},
    {"RootCACertificate", ca, ds_sign, none},
    {"RootCACertificate_APIPassthrough", ca, ds_sign, api},
    {"BlankEndEntityCertificate_CSRPassthrough", ee, csr, csr},
    {"BlankEndEntityCertificate_APIPassthrough", ee, api, api},
    {"BlankEndEntityCertificate_APICSRPassthrough", ee, api, api},
    {"BlankEndEntityCertificate_CriticalBasicConstraints_CSRPassthrough", critical_ee, csr, csr},
    {"BlankEndEntityCertificate_CriticalBasicConstraints_APIPassthrough", critical_ee, api, api},
    {"BlankEndEntityCertificate_CriticalBasicConstraints_APICSRPassthrough", critical_ee, api, api},
    {"BlankSubordinateCACertificate_PathLen0_CSRPassthrough", ca0, csr, csr},
    {"BlankSubordinateCACertificate_PathLen0_APIPassthrough", ca0, api, api},
    {"BlankSubordinateCACertificate_PathLen0_APICSRPassthrough", ca0, api, api},
    {"BlankSubordinateCACertificate_PathLen1_CSRPassthrough", ca1, csr, csr},
    {"BlankSubordinateCACertificate_PathLen1_APIPassthrough", ca1, api, api},
    {"BlankSubordinateCACertificate_PathLen1_APICSRPassthrough", ca1, api, api},
    {"BlankSubordinateCACertificate_PathLen2_CSRPassthrough", ca2, csr, csr},
    {"BlankSubordinateCACertificate_PathLen2_APIPassthrough", ca2, api, api},
    {"BlankSubordinateCACertificate_PathLen2_APICSRPassthrough", ca2, api, api},
    {"BlankSubordinateCACertificate_PathLen3_CSRPassthrough", ca3, csr, csr},
    {"BlankSubordinateCACertificate_PathLen3_APIPassthrough", ca3, api, api},
    {"BlankSubordinateCACertificate_PathLen3_APICSRPassthrough", ca3, api, api},
};

bool has_suffix(const Published& row, std::string_view suffix) {
  return row.name.ends_with(suffix);
}
bool hears_api(const Published& row) {
  return has_suffix(row, "_APIPassthrough") || has_suffix(row, "_APICSRPassthrough");
}
bool hears_csr(const Published& row) {
  return has_suffix(row, "_CSRPassthrough") || has_suffix(row, "_APICSRPassthrough");
}
bool is_ca(const Published& row) { return row.basic_constraints.find("TRUE") != row.name.npos; }

constexpr asn1::Oid private_of_both{"1.3.6.1.4.1.99999.1"};
constexpr asn1::Oid private_of_csr{"1.3.6.1.4.1.99999.2"};
constexpr asn1::Oid private_of_api{"1.3.6.1.4.1.99999.3"};

// DER of an UTF8String.
Bytes text(std::string_view value) {
  asn1::DerWriter out;
  out.text(asn1::Tag::Utf8String, value);
  return std::move(out).take();
}

x509::KeyUsage usage(const Published& row, x509::KeyUsageBit asked) {
  auto made = x509::KeyUsage::of({DigitalSignature, asked});
  if (is_ca(row)) made.set(KeyCertSign);
  return made;
}

Extension access_to(std::string uri) {
  return to_extension(x509::AuthorityInfoAccess{
      {{oids::kAccessCaIssuers, x509::UniformResourceIdentifier{std::move(uri)}}}});
}

std::vector<Extension> everything_by_csr(const Published& row) {
  return {dns_names({"csr.corp.internal"}),
          to_extension(x509::BasicConstraints{true, 9}, Criticality::Critical),
          to_extension(usage(row, KeyAgreement), Criticality::Critical),
          to_extension(x509::ExtendedKeyUsage{{oids::kEmailProtection}}, Criticality::NotCritical),
          to_extension(x509::SubjectKeyIdentifier{Bytes(20, 1)}),
          to_extension(x509::CrlDistributionPoints::at("http://csr/crl")),
          access_to("http://csr/ca"),
          {private_of_both, false, text("CSR")},
          {private_of_csr, false, text("CSR")}};
}

ApiPassthrough everything_by_api(const Published& row) {
  return {
      .subject = name_of("API"),
      .subject_alternative_names = {x509::DnsName{"api.corp.internal"}},
      .key_usage = usage(row, NonRepudiation),
      .extended_key_usage = {oids::kTimeStamping},
      .certificate_policies = {{oids::kAnyPolicy, {}}},
      .custom_extensions = {to_extension(x509::BasicConstraints{true, 8}, Criticality::Critical),
                            to_extension(x509::CrlDistributionPoints::at("http://api/crl")),
                            access_to("http://api/ca"),
                            {private_of_both, false, text("API")},
                            {private_of_api, true, text("API")}}};
}

std::string constraints_of(const Certificate& certificate) {
  const auto constraints = **certificate.extensions().get<x509::BasicConstraints>();
  const bool critical = certificate.extensions().find(oids::kBasicConstraints)->critical;
  std::string text = critical ? "critical " : "";
  text += constraints.ca ? "CA:TRUE" : "CA:FALSE";
  if (constraints.path_length) text += ", pathlen:" + std::to_string(*constraints.path_length);
  return text;
}

std::string critical_prefix(const Certificate& certificate, const asn1::Oid& type) {
  return certificate.extensions().find(type)->critical ? "critical" : "";
}

void add_word(std::string& text, std::string_view word) {
  if (!text.empty()) text += ' ';
  text += word;
}

std::string key_usage_of(const Certificate& certificate) {
  const auto value = *certificate.extensions().get<x509::KeyUsage>();
  if (!value) return "";
  if (value->has(KeyAgreement)) return "CSR";
  if (value->has(NonRepudiation)) return "API";
  std::string text = critical_prefix(certificate, oids::kKeyUsage);
  if (value->has(DigitalSignature)) add_word(text, "digitalSignature");
  if (value->has(KeyEncipherment)) add_word(text, "keyEncipherment");
  if (value->has(KeyCertSign)) add_word(text, "keyCertSign");
  if (value->has(CrlSign)) add_word(text, "cRLSign");
  return text;
}

std::string extended_key_usage_of(const Certificate& certificate) {
  const auto value = *certificate.extensions().get<x509::ExtendedKeyUsage>();
  if (!value) return "";
  std::string text = critical_prefix(certificate, oids::kExtendedKeyUsage);
  for (const auto& purpose : value->purposes) {
    if (purpose == oids::kServerAuth) add_word(text, "serverAuth");
    if (purpose == oids::kClientAuth) add_word(text, "clientAuth");
    if (purpose == oids::kCodeSigning) add_word(text, "codeSigning");
    if (purpose == oids::kOcspSigning) add_word(text, "OCSPSigning");
    if (purpose == oids::kEmailProtection) add_word(text, "CSR");
    if (purpose == oids::kTimeStamping) add_word(text, "API");
  }
  return text;
}

std::string names_of(const Certificate& certificate) {
  const auto value = *certificate.extensions().get<x509::SubjectAlternativeName>();
  return value ? value->dns_names().front() : "";
}

std::string crl_of(const Certificate& certificate) {
  const auto value = *certificate.extensions().get<x509::CrlDistributionPoints>();
  return value ? value->uris().front() : "";
}

std::string access_of(const Certificate& certificate) {
  const auto value = *certificate.extensions().get<x509::AuthorityInfoAccess>();
  return value ? std::get<x509::UniformResourceIdentifier>(value->descriptions[0].location).text
               : "";
}

std::string private_value(const Certificate& certificate, const asn1::Oid& type) {
  const auto* found = certificate.extensions().find(type);
  return found == nullptr ? "" : to_text(ByteView(found->value).subspan(2));
}

Certificate issued(TestCa& by, const Published& row) {
  const auto asked = by.applying.request(name_of("CSR"), everything_by_csr(row));
  auto certificate = by.issue({.certificate_template = template_named(row.name),
                               .applicant = asked,
                               .signature_algorithm = by.algorithm(),
                               .validity = days(30),
                               .passthrough = everything_by_api(row)});
  if (!certificate) throw std::runtime_error(certificate.error().message);
  return *std::move(certificate);
}

TEST(Template, exists_for_each_published_arn_and_for_no_other) {
  std::set<std::string> arns;
  for (const Published& row : published) {
    const std::string arn = "arn:aws:acm-pca:::template/" + std::string(row.name) + "/V1";
    const auto* found = find_template(arn);
    ASSERT_NE(found, nullptr) << arn;
    EXPECT_EQ(found->name, row.name);
    EXPECT_EQ(found->arn(), arn);
    arns.insert(arn);
  }
  EXPECT_EQ(arns.size(), 56U);
  EXPECT_EQ(all_templates().size(), 56U);
  EXPECT_EQ(default_template().name, "EndEntityCertificate");
}

TEST(Template, is_not_found_by_anything_like_its_arn) {
  for (const std::string_view arn :
       {"", "EndEntityCertificate", "arn:aws:acm-pca:::template/EndEntityCertificate/V2",
        "arn:aws:acm-pca:::template/endentitycertificate/V1", "arn:aws:acm-pca:::template/V1",
        "arn:aws:acm-pca:::template//V1", "arn:aws:acm-pca:::template/BlankEndEntityCertificate/V1",
        "arn:aws:acm-pca:::template/RootCACertificate_CSRPassthrough/V1",
        "arn:aws:acm-pca:us-east-1::template/EndEntityCertificate/V1"}) {
    EXPECT_EQ(find_template(arn), nullptr) << arn;
  }
}

TEST(Template, fixes_and_passes_through_what_is_published) {
  TestCa by = TestCa::root();
  for (const Published& row : published) {
    SCOPED_TRACE(row.name);
    const auto certificate = issued(by, row);
    EXPECT_EQ(constraints_of(certificate), row.basic_constraints);
    EXPECT_EQ(key_usage_of(certificate), row.key_usage);
    EXPECT_EQ(extended_key_usage_of(certificate), row.extended_key_usage);
    EXPECT_EQ(certificate.subject().common_name(), hears_api(row) ? "API" : "CSR");
    EXPECT_EQ(names_of(certificate), hears_api(row) ? "api.corp.internal" : "csr.corp.internal");
    EXPECT_EQ(private_value(certificate, private_of_both), hears_api(row)   ? "API"
                                                           : hears_csr(row) ? "CSR"
                                                                            : "");
    EXPECT_EQ(private_value(certificate, private_of_csr), hears_csr(row) ? "CSR" : "");
    EXPECT_EQ(private_value(certificate, private_of_api), hears_api(row) ? "API" : "");
    EXPECT_EQ(certificate.extensions().contains(oids::kCertificatePolicies), hears_api(row));
    EXPECT_EQ(certificate.extensions().contains(oids::kAuthorityKeyIdentifier),
              !row.name.starts_with("RootCA"));
    EXPECT_TRUE(certificate.extensions().contains(oids::kSubjectKeyIdentifier));
  }
}

// Without CRLs of the CA: those of the CSR, and of the API only with one family.
TEST(Template, passes_crl_distribution_points_through_where_it_is_published) {
  TestCa by = TestCa::root();
  for (const Published& row : published) {
    SCOPED_TRACE(row.name);
    const bool from_api =
        hears_api(row) && row.name.find("CriticalBasicConstraints") != row.name.npos;
    EXPECT_EQ(crl_of(issued(by, row)), from_api         ? "http://api/crl"
                                       : hears_csr(row) ? "http://csr/crl"
                                                        : "");
    EXPECT_EQ(access_of(issued(by, row)), hears_api(row)   ? "http://api/ca"
                                          : hears_csr(row) ? "http://csr/ca"
                                                           : "");
  }
}

TEST(Template, lets_the_configuration_of_the_ca_stand_above_api_and_csr) {
  TestCa by = TestCa::root(crypto::KeyAlgorithm::P256,
                           {.crl_uri = "http://ca/crl", .ocsp_uri = "http://ca/ocsp"});
  for (const Published& row : published) {
    SCOPED_TRACE(row.name);
    const bool root = row.name.starts_with("RootCA");
    EXPECT_EQ(crl_of(issued(by, row)), root ? "" : "http://ca/crl");
    EXPECT_EQ(access_of(issued(by, row)), !root            ? "http://ca/ocsp"
                                          : hears_api(row) ? "http://api/ca"
                                                           : "");
  }
}

TEST(Template, lets_api_and_csr_supply_the_crl_distribution_point_that_the_ca_omits) {
  TestCa by = TestCa::root(crypto::KeyAlgorithm::P256,
                           {.crl_uri = "http://ca/crl", .omit_crl_distribution_points = true});
  for (const Published& row : published) {
    SCOPED_TRACE(row.name);
    const bool root = row.name.starts_with("RootCA");
    EXPECT_EQ(crl_of(issued(by, row)), root             ? ""
                                       : hears_api(row) ? "http://api/crl"
                                       : hears_csr(row) ? "http://csr/crl"
                                                        : "");
  }
}

TEST(Template, writes_the_extensions_in_the_order_of_private_ca) {
  TestCa by = TestCa::root(crypto::KeyAlgorithm::P256,
                           {.crl_uri = "http://ca/crl", .ocsp_uri = "http://ca/ocsp"});
  const auto certificate = issued(by, {"EndEntityCertificate_APICSRPassthrough", ee, ds_ke, both});
  std::vector<asn1::Oid> order;
  for (const auto& extension : certificate.extensions()) order.push_back(extension.type);
  const std::vector<asn1::Oid> expected{oids::kSubjectAlternativeName,
                                        oids::kBasicConstraints,
                                        oids::kAuthorityKeyIdentifier,
                                        oids::kSubjectKeyIdentifier,
                                        oids::kKeyUsage,
                                        oids::kExtendedKeyUsage,
                                        oids::kCrlDistributionPoints,
                                        oids::kAuthorityInfoAccess,
                                        oids::kCertificatePolicies,
                                        private_of_both,
                                        private_of_api,
                                        private_of_csr};
  EXPECT_EQ(order, expected);
}

std::string end(ValidityPeriod::Type type, std::int64_t value,
                std::string_view now = "2025-03-01T12:00:00Z") {
  const auto moment = end_of({type, value}, at(now));
  return moment ? to_iso8601(*moment) : "refused";
}

using enum ValidityPeriod::Type;

TEST(ValidityPeriod, reads_end_dates_of_both_lengths) {
  EXPECT_EQ(end(EndDate, 491231235959), "2049-12-31T23:59:59Z");
  EXPECT_EQ(end(EndDate, 500101000000), "1950-01-01T00:00:00Z");
  EXPECT_EQ(end(EndDate, 50101000000), "2005-01-01T00:00:00Z");
  EXPECT_EQ(end(EndDate, 20500101000000), "2050-01-01T00:00:00Z");
  EXPECT_EQ(end(EndDate, 99991231235959), "9999-12-31T23:59:59Z");
}

TEST(ValidityPeriod, refuses_end_dates_that_no_calendar_has) {
  for (const std::int64_t digits : {491331235959, 490230000000, 491231240000, 491231236000,
                                    491231235960, 4912312359590, 999912312359590, 490000000000}) {
    EXPECT_EQ(end(EndDate, digits), "refused") << digits;
  }
}

TEST(ValidityPeriod, counts_days_months_and_years_of_the_calendar) {
  EXPECT_EQ(end(Absolute, 2524608000), "2050-01-01T00:00:00Z");
  EXPECT_EQ(end(Days, 365), "2026-03-01T12:00:00Z");
  EXPECT_EQ(end(Months, 13), "2026-04-01T12:00:00Z");
  EXPECT_EQ(end(Months, 1, "2025-01-31T01:02:03Z"), "2025-02-28T01:02:03Z");
  EXPECT_EQ(end(Months, 13, "2023-01-31T01:02:03Z"), "2024-02-29T01:02:03Z");
  EXPECT_EQ(end(Years, 1, "2024-02-29T00:00:00Z"), "2025-02-28T00:00:00Z");
  EXPECT_EQ(end(Years, 4, "2024-02-29T00:00:00Z"), "2028-02-29T00:00:00Z");
}

TEST(ValidityPeriod, refuses_what_ends_after_the_year_9999_or_never_begins) {
  EXPECT_EQ(end(Years, 7974), "9999-03-01T12:00:00Z");
  for (const auto type : {EndDate, Absolute, Days, Months, Years}) {
    EXPECT_EQ(end(type, INT64_MAX), "refused");
    EXPECT_EQ(end(type, 0), "refused");
    EXPECT_EQ(end(type, -1), "refused");
  }
  EXPECT_EQ(end(Years, 7975), "refused");
  EXPECT_EQ(end(Months, 12 * 7975), "refused");
}

TEST(ValidityPeriod, begins_an_hour_ago_or_when_it_is_told_to) {
  const auto now = at("2025-03-01T12:00:00.750Z");
  const auto usual = validity_of(days(1), {}, now).value();
  EXPECT_EQ(usual.not_before, at("2025-03-01T11:00:00Z"));
  EXPECT_EQ(usual.not_after, at("2025-03-02T12:00:00Z"));
  const auto told = validity_of(days(1), ValidityPeriod{Absolute, 1767205321}, noon);
  EXPECT_EQ(told.error().kind, Refusal::Kind::InvalidValidity);
  const auto later = validity_of(days(1000), ValidityPeriod{Absolute, 1767205321}, noon).value();
  EXPECT_EQ(later.not_before, at("2025-12-31T18:22:01Z"));
  EXPECT_EQ(later.not_after, noon + std::chrono::days(1000));
}

TEST(ValidityPeriod, refuses_a_relative_beginning_and_an_end_in_the_past) {
  EXPECT_FALSE(validity_of(days(10), days(1), noon));
  EXPECT_FALSE(validity_of({EndDate, 20250301120000}, {}, noon));
  EXPECT_TRUE(validity_of({EndDate, 20250301120001}, {}, noon));
}

RC_GTEST_PROP(ValidityPeriod, is_encodable_whenever_it_is_not_refused, ()) {
  const auto type = *rc::gen::element(EndDate, Absolute, Days, Months, Years);
  const auto value = *rc::gen::oneOf(rc::gen::arbitrary<std::int64_t>(),
                                     rc::gen::inRange<std::int64_t>(0, 100'000),
                                     rc::gen::inRange<std::int64_t>(0, 100'000'000'000'000));
  const auto now = from_millis(*rc::gen::inRange<std::int64_t>(0, 253'402'300'799'000));
  const auto moment = end_of({type, value}, now);
  if (moment) RC_ASSERT(asn1::is_encodable(*moment));
}

}  // namespace
}  // namespace everseal::issuance
